using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class PublicStateTests : RuleTests<PublicState, PublicStateFix>
{
    [Theory]
    [InlineData("public int [|X|];")]
    [InlineData("public readonly int [|X|] = 1;")]
    [InlineData("public int [|X|] { get; set; }")]
    [InlineData("public int [|X|] => 1;")]
    [InlineData("public int [|X|] { get; private set; }")]
    public Task FindsAPublicFieldOrProperty(string member) => Finds($$"""[Wire] public partial class A { {{member}} }""", "'X' is public");

    [Theory]
    [InlineData("private int _x; internal int Y { get; set; } protected int Z; int R() => _x;")]
    [InlineData("public const int X = 1; public static int Y => 1; public int M() => 1;")]
    [InlineData("public string Name => \"\"; private class N { public int X; }")]
    public Task LeavesAloneWhatIsNotPublicStateOfItsOwn(string member) => LeavesAlone(
        $$"""
        public interface INamed { string Name { get; } }
        public abstract class Base { public virtual int V => 1; public int Inherited; }
        [Wire] public partial class A : Base, INamed { {{(member.Contains("Name", StringComparison.Ordinal) ? "" : "string INamed.Name => \"\";")}} {{member}} public override int V => 2; }
        public class Plain { public int X; public int Y { get; set; } }
        """);

    [Fact]
    public Task FixesByMakingItPrivate() => Fixes(
        """
        [Wire] public partial class A
        {
            /// <summary>How many.</summary>
            public int [|Count|] { get; protected set; }
        }
        """,
        """
        [Wire] public partial class A
        {
            /// <summary>How many.</summary>
            private int Count { get; set; }
        }
        """);

    [Fact]
    public Task FixesAllThatCanBePrivate() => FixesAll(
        """
        [Wire] public partial class A
        {
            public int [|X|], [|Y|];
            [Local] public readonly List<int> [|Z|] = [];
            public required int [|Needed|] { get; init; }
        }
        """,
        """
        [Wire] public partial class A
        {
            private int X, Y;
            [Local] private readonly List<int> Z = [];
            public required int [|Needed|] { get; init; }
        }
        """);
}
