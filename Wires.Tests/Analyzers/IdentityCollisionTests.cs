using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class IdentityCollisionTests : RuleTests<IdentityCollision>
{
    [Fact]
    public async Task FindsOverloadsWhoseTypesHaveOneNameInTwoAssemblies()
    {
        Markup markup = Markup.Parse(
            """
            extern alias one;
            extern alias two;
            [Wire] public partial class Store
            {
                public void Put(one::Lib.Item item) { }
                public void [|Put|](two::Lib.Item item) { }
                public void Put(int item) { }
            }
            """);
        MetadataReference[] references = [.. TestProject.References, Library("One", "one"), Library("Two", "two")];
        Document document = await TestProject.Create(markup.Source, references);

        // A ref with both overloads does not compile either, so only the source itself is looked at.
        Diagnostic found = Assert.Single(await TestProject.Analyze(document, new IdentityCollision()));
        Assert.Equal(markup.Findings[0].Span, found.Location.SourceSpan);
    }

    [Fact]
    public Task FindsTwoWireClassesOfOneChosenName() => Finds(
        """
        namespace N
        {
            [Wire(Name = "Bank.Account")] public partial class Account;
            [Wire([|Name = "Bank.Account"|])] public partial class OldAccount;
        }
        """,
        "Wire class 'OldAccount' has the identity of 'N.Account'");

    [Fact]
    public Task FindsAChosenNameThatIsTheDefaultOfAnotherClass() => Finds(
        """
        namespace N
        {
            [Wire([|Name = "N.Outer+Account"|])] public partial class First;
            public partial class Outer { [Wire] public partial class Account; }
        }
        """);

    [Theory]
    [InlineData("[Wire] public partial class A { public void M(int x) { } public void M(long x) { } public void M(int x, CancellationToken c) { } public void M() { } public void m() { } }")]
    [InlineData("public abstract class B { public void M(int x) { } } [Wire] public partial class A : B { public new void M(int x) { } }")]
    [InlineData("[Wire] public partial class A { public void M(List<int> x) { } public void M(List<long> x) { } }")]
    [InlineData("[Wire] public partial class A; [Wire] public partial class A<T>; namespace N { [Wire] public partial class A; }")]
    [InlineData("[Wire(Name = \"X\")] public partial class A; [Wire(Name = \"Y\")] public partial class B;")]
    public Task LeavesAloneWhatOtherNodesCanTellApart(string source) => LeavesAlone(source);

    [Fact]
    public void TheHashIsThatOfTheProtocol()
    {
        // FNV-1a's own vectors for "" and "a", put through the finalizer.
        Assert.Equal(Mix(0xCBF29CE484222325), MethodIdentity.Hash(""));
        Assert.Equal(Mix(0xAF63DC4C8601EC8C), MethodIdentity.Hash("a"));

        static ulong Mix(ulong x)
        {
            x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
            x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
            return x ^ (x >> 33);
        }
    }

    private static CompilationReference Library(string assembly, string alias) =>
        CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText("namespace Lib { public class Item; }")], TestProject.References, new(OutputKind.DynamicallyLinkedLibrary))
            .ToMetadataReference([alias]);
}
