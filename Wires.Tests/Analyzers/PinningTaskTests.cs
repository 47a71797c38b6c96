using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class PinningTaskTests : RuleTests<PinningTask, PinningTaskFix>
{
    [Theory]
    [InlineData("public async Task [|M|]() => await Task.Yield();", "return 'WireTask'")]
    [InlineData("public async Task<int> [|M|]() { await Task.Yield(); return 1; }", "return 'WireTask<int>'")]
    [InlineData("private async ValueTask<List<string>> [|M|]() { await Task.Yield(); return []; }", "return 'WireTask<List<string>>'")]
    [InlineData("private static async ValueTask [|M|]() => await Task.Yield();", "return 'WireTask'")]
    [InlineData("async WireTask N() { await L(); async Task [|L|]() => await Task.Yield(); }", "While 'L' runs")]
    public Task FindsAnAsyncMethodWhoseStackCannotTravel(string member, string message) => Finds($$"""[Wire] public partial class A { {{member}} }""", message);

    [Theory]
    [InlineData("public async WireTask M() => await Task.Yield(); public Task N() => Task.CompletedTask;")]
    [InlineData("public async IAsyncEnumerable<int> M() { await Task.Yield(); yield return 1; }")]
    [InlineData("async WireTask M() { Func<Task> f = async () => await Task.Yield(); await f(); }")]
    [InlineData("class Inner { public async Task M() => await Task.Yield(); }")]
    public Task LeavesAloneWhatTravelsOrHasNoStack(string member) => LeavesAlone($$"""[Wire] public partial class A { {{member}} }""");

    [Fact]
    public Task LeavesAloneSignaturesThatOthersFix() => LeavesAlone(
        """
        public abstract class Base { protected abstract Task Step(); }
        public interface ILoad { Task Load(); }
        [Wire] public partial class A : Base, ILoad, IAsyncDisposable
        {
            protected override async Task Step() => await Task.Yield();
            public async Task Load() => await Task.Yield();
            public async ValueTask DisposeAsync() => await Task.Yield();
        }
        class Plain { async Task M() => await Task.Yield(); }
        """);

    [Theory]
    [InlineData("Task N() => M();")]
    [InlineData("Task N() => this.M();")]
    [InlineData("Func<Task> N() => M;")]
    [InlineData("async WireTask N(A other) => await Task.WhenAll(M(), other.M());")]
    [InlineData("async WireTask N(A? other) { Task? t = other?.M(); if (t is not null) await t; }")]
    [InlineData("class Inner { Task N(A outer) => outer.M(); }")]
    public Task OffersNoFixWhereAnotherPartNeedsTheTask(string use) => OffersNoFix(
        $$"""
        [Wire] public partial class A { public async Task [|M|]() => await Task.Yield(); }
        public partial class A { {{use}} }
        """);

    [Fact]
    public Task FixesWhatIsOnlyAwaitedOrNamed() => Fixes(
        """
        [Wire] public partial class A { private async Task [|M|]() => await Task.Yield(); }
        public partial class A { async WireTask N() { await M(); await (this.M()); Console.WriteLine(nameof(M)); int M2 = 1; Console.WriteLine(M2); } class Other { int M() => 1; int N() => M(); } }
        """,
        """
        [Wire] public partial class A { private async WireTask M() => await Task.Yield(); }
        public partial class A { async WireTask N() { await M(); await (this.M()); Console.WriteLine(nameof(M)); int M2 = 1; Console.WriteLine(M2); } class Other { int M() => 1; int N() => M(); } }
        """);

    [Fact]
    public Task FixesByReturningWireTask() => Fixes(
        """
        [Wire] public partial class A
        {
            public async Task<int> [|M|]() { await Task.Yield(); return 1; }
        }
        """,
        """
        [Wire] public partial class A
        {
            public async WireTask<int> M() { await Task.Yield(); return 1; }
        }
        """);

    [Fact]
    public Task FixesAllWhoseCallsAreAwaited() => FixesAll(
        """
        [Wire] public partial class A
        {
            public async System.Threading.Tasks.Task [|M|]() { await N(); await Task.WhenAll(O(), O()); }
            private async ValueTask<int> [|N|]() { await Task.Yield(); return 1; }
            private async Task [|O|]() => await Task.Yield();
        }
        """,
        """
        [Wire] public partial class A
        {
            public async WireTask M() { await N(); await Task.WhenAll(O(), O()); }
            private async WireTask<int> N() { await Task.Yield(); return 1; }
            private async Task [|O|]() => await Task.Yield();
        }
        """);
}
