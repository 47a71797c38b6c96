using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class AsyncVoidTests : RuleTests<AsyncVoid, AsyncVoidFix>
{
    [Theory]
    [InlineData("public async void [|M|]() { await Task.Yield(); }", "'M' is async void")]
    [InlineData("private static async void [|M|]() => await Task.Yield();", "'M' is async void")]
    [InlineData("[Every(\"00:00:01\")] async void [|M|]() => await Task.Yield();", "'M' is async void")]
    [InlineData("void M() { L(); async void [|L|]() => await Task.Yield(); }", "'L' is async void")]
    [InlineData("void M(List<int> xs) => xs.ForEach([|async|] x => await Task.Yield());", "This lambda is async void")]
    [InlineData("void M() { Action a = [|async|] delegate { await Task.Yield(); }; a(); }", "This lambda is async void")]
    public Task FindsCodeOfAWireThatNobodyCanWaitFor(string member, string message) =>
        Finds($$"""[Wire] public partial class A { {{member}} }""", message);

    [Theory]
    [InlineData("public async WireTask M() { await Task.Yield(); } public async Task N() { await Task.Yield(); } public void O() { }")]
    [InlineData("void M() { Func<Task> f = async () => await Task.Yield(); _ = f(); }")]
    [InlineData("class Inner { public async void M() => await Task.Yield(); }")]
    public Task LeavesAloneWhatCanBeAwaited(string member) => LeavesAlone($$"""[Wire] public partial class A { {{member}} } class Plain { async void M() => await Task.Yield(); }""");

    [Fact]
    public Task FixesByReturningWireTask() => Fixes(
        """
        [Wire] public partial class A
        {
            public async void [|M|]() { await Task.Yield(); }
        }
        """,
        """
        [Wire] public partial class A
        {
            public async WireTask M() { await Task.Yield(); }
        }
        """);

    [Fact]
    public Task FixesAllThatAreFreeToChange() => FixesAll(
        """
        public interface IStart { void Start(); }
        [Wire] public partial class A : IStart
        {
            async void [|M|]() { await Task.Yield(); L(); async void [|L|]() => await Task.Yield(); }
            public async void [|Start|]() => await Task.Yield();
            void N(List<int> xs) => xs.ForEach([|async|] x => await Task.Yield());
        }
        """,
        """
        public interface IStart { void Start(); }
        [Wire] public partial class A : IStart
        {
            async WireTask M() { await Task.Yield(); L(); async WireTask L() => await Task.Yield(); }
            public async void [|Start|]() => await Task.Yield();
            void N(List<int> xs) => xs.ForEach([|async|] x => await Task.Yield());
        }
        """);
}
