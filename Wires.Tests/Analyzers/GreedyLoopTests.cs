using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class GreedyLoopTests : RuleTests<GreedyLoop, GreedyLoopFix>
{
    [Theory]
    [InlineData("public void M() { [|while|] (true) { _n++; } }", "never ends")]
    [InlineData("public void M() { [|for|] (;;) _n++; }", "never ends")]
    [InlineData("public void M() { [|do|] { _n++; } while (true); }", "never ends")]
    [InlineData("public void M() { [|while|] (true) { if (_n > 5) continue; foreach (int i in new int[3]) { if (i > 2) break; } switch (_n) { case 1: break; } } }", "never ends")]
    [InlineData("public void M() { [|for|] (int i = 0; i < 10_000_000; i++) _n++; }", "runs 10,000,000 times")]
    [InlineData("const int Max = 50_000_000; public async WireTask M() { await Wire.Yield(); [|for|] (long i = Max; i > 0; i--) _n++; }", "runs 50,000,000 times")]
    public Task FindsALoopThatKeepsItsThread(string member, string message) =>
        Finds($$"""[Wire] public partial class A { private int _n; {{member}} }""", message);

    [Theory]
    [InlineData("public async WireTask M() { while (true) { await Wire.Delay(TimeSpan.FromSeconds(1)); _n++; } }")]
    [InlineData("public int M() { while (true) { if (_n++ > 5) return _n; } }")]
    [InlineData("public void M() { while (true) { if (_n++ > 5) break; } }")]
    [InlineData("public void M() { while (true) { if (_n++ > 5) throw new Exception(); } }")]
    [InlineData("public void M() { while (true) { while (true) { if (_n++ > 5) goto done; } } done: _n = 0; }")]
    [InlineData("public void M() { while (_n < 5) _n++; }")]
    [InlineData("public void M() { for (int i = 0; i < 1_000_000; i++) _n++; }")]
    [InlineData("public void M(int max) { for (int i = 0; i < max; i++) _n++; }")]
    [InlineData("public async WireTask M() { for (int i = 0; i < 100_000_000; i++) { if (i % 1000 == 0) await Wire.Yield(); } }")]
    [InlineData("public async IAsyncEnumerable<int> M() { await Wire.Yield(); while (true) yield return _n; }")]
    [InlineData("public async WireTask M(IAsyncEnumerable<int> xs) { while (true) { await foreach (int x in xs) _n += x; } }")]
    [InlineData("public Task M() => Task.Run(() => { while (true) { } });")]
    [InlineData("private class Inner { public void M() { while (true) { } } }")]
    public Task LeavesAloneLoopsThatEndOrLetOthersRun(string member) => LeavesAlone($$"""[Wire] public partial class A { private int _n; {{member}} }""");

    [Fact]
    public Task FixesByYieldingInEachRound() => Fixes(
        """
        [Wire] public partial class A
        {
            private int _n;
            public async WireTask M()
            {
                await Wire.Yield();
                [|while|] (true)
                {
                    if (_n % 2 == 0) continue;
                    _n++;
                }
            }
        }
        """,
        """
        [Wire] public partial class A
        {
            private int _n;
            public async WireTask M()
            {
                await Wire.Yield();
                while (true)
                {
                    await Wire.Yield();
                    if (_n % 2 == 0) continue;
                    _n++;
                }
            }
        }
        """);

    [Fact]
    public Task FixesAllWhereTheMethodIsAsyncOrCanBe() => FixesAll(
        """
        [Wire] public partial class A
        {
            private int _n;
            public async WireTask M()
            {
                await Wire.Yield();
                [|for|] (int i = 0; i < 20_000_000; i++)
                {
                    _n++;
                }
                [|while|] (true)
                {
                    _n--;
                }
            }
            public void N() { [|while|] (true) { _n++; } }
            public long O()
            {
                [|for|] (int i = 0; i < 20_000_000; i++) { _n++; }
                return _n;
            }
            private void P() { [|while|] (true) { _n++; } }
            public void Q() { [|while|] (true) { _n++; } }
            public void R() => Q();
        }
        """,
        """
        [Wire] public partial class A
        {
            private int _n;
            public async WireTask M()
            {
                await Wire.Yield();
                for (int i = 0; i < 20_000_000; i++)
                {
                    await Wire.Yield();
                    _n++;
                }
                while (true)
                {
                    await Wire.Yield();
                    _n--;
                }
            }
            public async WireTask N() { while (true) { await Wire.Yield(); _n++; } }
            public async WireTask<long> O()
            {
                for (int i = 0; i < 20_000_000; i++) { await Wire.Yield(); _n++; }
                return _n;
            }
            private void P() { [|while|] (true) { _n++; } }
            public void Q() { [|while|] (true) { _n++; } }
            public void R() => Q();
        }
        """);
}
