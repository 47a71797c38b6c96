using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class DroppedCallTests : RuleTests<DroppedCall, DroppedCallFix>
{
    private const string Account = "[Wire] public partial class Account { public void Deposit(decimal amount) { } public decimal Balance() => 0; [OneWay] public void Note(string s) { } public async IAsyncEnumerable<int> Log() { await Task.Yield(); yield break; } }";

    [Theory]
    [InlineData("void M(AccountRef a) { [|a.Deposit(1)|]; }")]
    [InlineData("void M(AccountRef a) { [|a.Balance()|]; }")]
    [InlineData("void M(AccountRef a) => [|a.Deposit(1)|];")]
    [InlineData("async Task M(AccountRef a) { await Task.Yield(); [|a.WithTimeout(TimeSpan.MaxValue).Deposit(1)|]; }")]
    [InlineData("void M(AccountRef? a) { a?[|.Deposit(1)|]; }")]
    [InlineData("void M(List<AccountRef> all) => all.ForEach(a => [|a.Deposit(1)|]);")]
    public Task FindsACallWhoseAnswerNobodyAwaits(string member) => Finds($$"""{{Account}} class Caller { {{member}} }""", "neither awaited nor discarded");

    [Theory]
    [InlineData("async Task M(AccountRef a) { await a.Deposit(1); _ = a.Deposit(1); var t = a.Balance(); await t; }")]
    [InlineData("ValueTask M(AccountRef a) => a.Deposit(1);")]
    [InlineData("Func<ValueTask> M(AccountRef a) => () => a.Deposit(1);")]
    [InlineData("void M(AccountRef a) { a.Note(\"\"); a.WithTimeout(TimeSpan.Zero); a.ToString(); }")]
    [InlineData("void M(AccountRef a) { a.Log(); }")]
    [InlineData("void M(Account a) { a.Deposit(1); Task.Delay(1); }")]
    [InlineData("async Task M(AccountRef a) { await Task.WhenAll(a.Deposit(1).AsTask(), a.Balance().AsTask()); }")]
    public Task LeavesAloneCallsThatAreAwaitedDiscardedOrOneWay(string member) => LeavesAlone($$"""{{Account}} class Caller { {{member}} }""");

    [Fact]
    public Task FixesByAwaiting() => Fixes(
        $$"""
        {{Account}}
        class Caller
        {
            async Task M(AccountRef a)
            {
                // Pay.
                [|a.Deposit(1)|]; // at once
                await Task.Yield();
            }
        }
        """,
        $$"""
        {{Account}}
        class Caller
        {
            async Task M(AccountRef a)
            {
                // Pay.
                await a.Deposit(1); // at once
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task FixesByMakingTheMethodOneWay() => Fixes(
        """
        [Wire] public partial class Log
        {
            /// <summary>Notes.</summary>
            public void Note(string s) { }
            public int Count() => 0;
        }
        class Caller { void M(LogRef log) => [|log.Note("")|]; }
        """,
        """
        [Wire] public partial class Log
        {
            /// <summary>Notes.</summary>
            [OneWay] public void Note(string s) { }
            public int Count() => 0;
        }
        class Caller { void M(LogRef log) => log.Note(""); }
        """);

    [Fact]
    public Task FixesAllByMakingMethodsOneWayThatHaveNoResult() => FixesAll(
        """
        [Wire] public partial class Log { public void Note(string s) { } public void Clear() { } public int Count() => 0; }
        class Caller { async Task M(LogRef log) { [|log.Note("")|]; [|log.Note("b")|]; [|log.Clear()|]; [|log.Count()|]; await Task.Yield(); } }
        """,
        """
        [Wire] public partial class Log { [OneWay] public void Note(string s) { } [OneWay] public void Clear() { } public int Count() => 0; }
        class Caller { async Task M(LogRef log) { log.Note(""); log.Note("b"); log.Clear(); [|log.Count()|]; await Task.Yield(); } }
        """,
        "Make the method one-way: [OneWay]");

    [Fact]
    public Task OffersNoOneWayForAMethodWithAResult() => OffersNoFix(
        $$"""{{Account}} class Caller { void M(AccountRef a) => [|a.Balance()|]; }""");

    [Fact]
    public Task FixesAllInAsyncCode() => FixesAll(
        $$"""
        {{Account}}
        [Wire] public partial class Bank
        {
            public async WireTask Pay(AccountRef a)
            {
                if (await a.Balance() > 0) [|a.Deposit(1)|];
                [|a.Balance()|];
                Func<Task> f = async () => [|a.Deposit(2)|];
                await f();
            }
            public void Later(AccountRef a) => [|a.Deposit(1)|];
        }
        """,
        $$"""
        {{Account}}
        [Wire] public partial class Bank
        {
            public async WireTask Pay(AccountRef a)
            {
                if (await a.Balance() > 0) await a.Deposit(1);
                await a.Balance();
                Func<Task> f = async () => await a.Deposit(2);
                await f();
            }
            public void Later(AccountRef a) => [|a.Deposit(1)|];
        }
        """);
}
