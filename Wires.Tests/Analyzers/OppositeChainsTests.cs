using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class OppositeChainsTests : RuleTests<OppositeChains, OppositeChainsFix>
{
    [Fact]
    public Task FindsTwoWiresOfOneClassThatAwaitEachOther() => Finds(
        """
        [Wire] public partial class Account
        {
            private decimal _b;
            public void [|Deposit|](decimal x) => _b += x;
            public async WireTask Transfer(AccountRef to, decimal x) { _b -= x; await to.Deposit(x); }
        }
        """,
        "'Account.Transfer' awaits 'Account.Deposit' of another wire of its class");

    [Fact]
    public Task FindsTwoClassesThatAwaitEachOther() => Finds(
        """
        [Wire] public partial class Parent
        {
            private int _n;
            public async WireTask Adopt(ChildRef child) => await child.Rename("x");
            public void [|Changed|](string name) => _n++;
        }
        [Wire] public partial class Child
        {
            private ParentRef _parent; private string _name = "";
            public void Rename(string name) { _name = name; _parent = default; }
            public async WireTask Grow() => await Task.WhenAll(_parent.Changed(_name).AsTask());
        }
        """,
        "'Child.Grow' awaits 'Parent.Changed'");

    [Theory]
    [InlineData("public void Ask() { } [Interleave] public void Answer() { }", "await other.Answer();", "await other.Ask();")]
    [InlineData("public void Ask() { } [OneWay] public void Answer() { }", "await other.Answer();", "await other.Ask();")]
    [InlineData("public void Ask() { } public void Answer() { }", "_ = other.Answer(); await Wire.Yield();", "await other.Ask();")]
    [InlineData("public void Ask() { } public void Answer() { }", "await Task.Yield();", "await other.Ask();")]
    public Task LeavesAloneChainsThatLetEachOtherIn(string members, string first, string second) => LeavesAlone(
        $$"""
        [Wire] public partial class A { public async WireTask Run(BRef other) { {{first}} } public void Ask() { } }
        [Wire] public partial class B { public async WireTask Run(ARef other) { {{second}} } {{members}} }
        """);

    [Fact]
    public Task LeavesAloneLinesAndPrivateHelpers() => LeavesAlone(
        """
        [Wire] public partial class A { public async WireTask Run(BRef b) => await b.Run(default); }
        [Wire] public partial class B { public async WireTask Run(CRef c) => await c.Run(); }
        [Wire] public partial class C { private int _n; public void Run() => _n++; [Interleave] public async WireTask Back(ARef a) => await a.Run(default); }
        """);

    [Fact]
    public Task FixesByLettingTheCallIn() => Fixes(
        """
        [Wire] public partial class Account
        {
            private decimal _b;
            // In.
            public void [|Deposit|](decimal x) => _b += x;
            public async WireTask Transfer(AccountRef to, decimal x) { _b -= x; await to.Deposit(x); }
        }
        """,
        """
        [Wire] public partial class Account
        {
            private decimal _b;
            // In.
            [Interleave] public void Deposit(decimal x) => _b += x;
            public async WireTask Transfer(AccountRef to, decimal x) { _b -= x; await to.Deposit(x); }
        }
        """);

    [Fact]
    public Task FixesAllCalleesOfAClass() => FixesAll(
        """
        [Wire] public partial class Node
        {
            private int _n;
            public void [|Ping|]() => _n++;
            public int [|Count|]() => _n;
            public async WireTask Run(NodeRef other) { await other.Ping(); _n += await other.Count(); }
        }
        """,
        """
        [Wire] public partial class Node
        {
            private int _n;
            [Interleave] public void Ping() => _n++;
            [Interleave] public int Count() => _n;
            public async WireTask Run(NodeRef other) { await other.Ping(); _n += await other.Count(); }
        }
        """);
}
