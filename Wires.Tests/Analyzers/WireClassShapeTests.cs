using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class WireClassShapeTests : RuleTests<WireClassShape, WireClassShapeFix>
{
    [Fact]
    public Task FindsAWireClassThatIsNotPartial() => Finds("[Wire] public class [|Account|] { }", "'Account' must be partial");

    [Fact]
    public Task FindsAWireClassNestedInATypeThatIsNotPartial() => Finds(
        """
        public class Bank
        {
            public partial struct Branch
            {
                [Wire] public partial class [|Account|];
            }
        }
        """,
        "nested in 'Bank'");

    [Theory]
    [InlineData("[Wire] public abstract partial class [|A|];")]
    [InlineData("[Wire] public static partial class [|A|];")]
    [InlineData("[Wire] public partial record [|A|];")]
    [InlineData("[Wire] file partial class [|A|];")]
    [InlineData("[Wire] public partial class [|A|](ref int x) { private int _x = x; public int X() => _x; }")]
    [InlineData("[Wire] public partial class [|A|] { public A(Span<byte> x) { } private A(out int x) => x = 0; }")]
    public Task FindsAClassThatCannotBeAWire(string source) => OffersNoFix(source);

    [Theory]
    [InlineData("[Wire] public partial class A;")]
    [InlineData("[Wire] internal sealed partial class A<T>(IServiceProvider services) { public object S => services; }")]
    [InlineData("public abstract class Base { public int X; } [Wire] partial class A : Base;")]
    [InlineData("[Wire] partial class A; partial class A;")]
    [InlineData("[Wire] partial class A { public A(ref int x) { } private A(in int x, IServiceProvider s) { } }")]
    [InlineData("public partial interface I { public partial class Outer { [Wire] public partial class A; } }")]
    [InlineData("public abstract class NoWire; public record R; file class F;")]
    [InlineData("namespace Other { class WireAttribute : Attribute; } namespace App { [Other.Wire] class A; }")]
    public Task LeavesAloneAFitClassAndThoseThatAreNoWires(string source) => LeavesAlone(source);

    [Fact]
    public Task FixesByAddingPartialAllTheWayOut() => Fixes(
        """
        // A bank.
        class Bank
        {
            public class Branch
            {
                [Wire]
                // An account.
                class [|Account|]
                {
                }
            }
        }
        """,
        """
        // A bank.
        partial class Bank
        {
            public partial class Branch
            {
                [Wire]
                // An account.
                partial class Account
                {
                }
            }
        }
        """);

    [Fact]
    public Task FixesAllInOneStrokeEvenWhereTheyShareAnOuterType() => FixesAll(
        """
        public static class Bank
        {
            [Wire] public sealed class [|Account|];
            [Wire] public partial class [|Teller|];
        }
        [Wire] public class [|Clerk|];
        """,
        """
        public static partial class Bank
        {
            [Wire] public sealed partial class Account;
            [Wire] public partial class Teller;
        }
        [Wire] public partial class Clerk;
        """);
}
