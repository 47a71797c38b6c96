using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class LeavesTurnTests : RuleTests<LeavesTurn, LeavesTurnFix>
{
    [Theory]
    [InlineData("public async Task M() { await [|Task.Delay(1).ConfigureAwait(false)|]; }")]
    [InlineData("public async ValueTask<int> M(ARef a) { return await [|a.N().ConfigureAwait(continueOnCapturedContext: false)|]; }")]
    [InlineData("private async Task M() => await [|Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)|];")]
    [InlineData("public async IAsyncEnumerable<int> M(IAsyncEnumerable<int> xs) { await foreach (var x in [|xs.ConfigureAwait(false)|]) yield return x; }")]
    [InlineData("public async WireTask M() { await L(); async Task L() => await [|Task.Delay(1).ConfigureAwait(false)|]; }")]
    public Task FindsAnAwaitThatGoesOnOutsideTheTurn(string member) =>
        Finds($$"""[Wire] public partial class A { {{member}} public int N() => 1; }""", "runs outside the turn");

    [Theory]
    [InlineData("public async WireTask M() { await Task.Delay(1).ConfigureAwait(false); }")]
    [InlineData("public async WireTask<int> M() { await Task.Delay(1).ConfigureAwait(false); return 1; }")]
    [InlineData("public async Task M() { await Task.Delay(1).ConfigureAwait(true); await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing); }")]
    [InlineData("private static async Task M() => await Task.Delay(1).ConfigureAwait(false);")]
    [InlineData("public Task M() => Task.Run(async () => await Task.Delay(1).ConfigureAwait(false));")]
    [InlineData("private class Inner { public async Task M() => await Task.Delay(1).ConfigureAwait(false); }")]
    public Task LeavesAloneAwaitsThatComeBackOrHaveNoTurn(string member) =>
        LeavesAlone($$"""[Wire] public partial class A { {{member}} } class Plain { async Task M() => await Task.Delay(1).ConfigureAwait(false); }""");

    [Fact]
    public Task FixesByRemovingIt() => Fixes(
        """
        [Wire] public partial class A
        {
            public async Task M() => await [|Task.Delay(1).ConfigureAwait(false)|]; // wait
        }
        """,
        """
        [Wire] public partial class A
        {
            public async Task M() => await Task.Delay(1); // wait
        }
        """);

    [Fact]
    public Task FixesAllEvenOneWithinAnother() => FixesAll(
        """
        [Wire] public partial class A
        {
            public async Task<int> M(int x)
            {
                await [|Task.Delay(await [|Task.FromResult(x).ConfigureAwait(false)|]).ConfigureAwait(false)|];
                return await [|Task.FromResult(x)
                    .ConfigureAwait(false)|];
            }
        }
        """,
        """
        [Wire] public partial class A
        {
            public async Task<int> M(int x)
            {
                await Task.Delay(await Task.FromResult(x));
                return await Task.FromResult(x);
            }
        }
        """);
}
