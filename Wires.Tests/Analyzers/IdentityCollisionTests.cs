using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class IdentityCollisionTests : RuleTests<IdentityCollision, WireContractsFix>
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

    [Fact]
    public Task FindsAPublishedMethodThatIsGone() => Finds(
        "[Wire] public partial class [|Cart|] { public void Put(string sku) { } }",
        "'Clear()' of wire 'Cart' is published and no longer there", Published("Put(string)", "Clear()"));

    [Fact]
    public Task FindsAPublishedMethodWithOtherParameters() => Finds(
        "[Wire] public partial class Cart { public void [|Add|](long count) { } public void Add(string sku) { } }",
        "'Add(int)' of wire 'Cart' is published, and 'Add(long)' is another method", Published("Add(int)", "Add(string)"));

    [Fact]
    public Task FindsAPublishedMethodThatReturnsAnotherType() => Finds(
        "[Wire] public partial class Cart { public async WireTask<long> [|Count|]() { await Wire.Yield(); return 1; } }",
        "'Count()' of wire 'Cart' returned 'int' and now returns 'long'", Published("Count() -> int"));

    [Fact]
    public Task LeavesAloneNewMethodsAndOtherTasks() => LeavesAlone(
        """
        public abstract class Base { public int Inherited() => 1; }
        [Wire]
        public partial class Cart : Base
        {
            public async WireTask<string?> Name() { await Wire.Yield(); return null; }
            public Task Touch() => Task.CompletedTask;
            public void New() { }
        }
        """,
        Published("Inherited() -> int", "Name() -> string", "Touch()"));

    [Fact]
    public Task FindsAPublishedMethodOfAHomeInterfaceThatIsGone() => Finds(
        "[Home] public interface [|Cart|] { ValueTask Put(string sku); }",
        "'Clear()' of [Home] interface 'Cart' is published and no longer there", Published("Put(string)", "Clear()"));

    [Fact]
    public Task FindsAPublishedMethodOfABaseOfAHomeInterfaceThatChanged() => Finds(
        "public interface IBase { Task [|Add|](long count); } [Home] public interface Cart : IBase { ValueTask<int> Count(); }",
        "'Add(int)' of [Home] interface 'Cart' is published, and 'Add(long)' is another method", Published("Add(int)", "Count() -> int"));

    [Fact]
    public Task LeavesAloneNewMethodsOfAHomeInterface() => LeavesAlone(
        "[Home] public interface Cart { ValueTask<int> Count(); Task New() => Task.CompletedTask; }", Published("Count() -> int"));

    [Fact]
    public Task Fixes_ThePublishedMethodsOfAHomeInterfaceInTheManifest() => Fixes(
        "[Home] public interface Cart { ValueTask<long> [|Count|](); }",
        "[Home] public interface Cart { ValueTask<long> Count(); }",
        Published("Count() -> int"));

    [Fact]
    public Task Fixes_ThePublishedMethodsInTheManifest() => Fixes(
        "[Wire] public partial class Cart { public long [|Count|]() => 1; }",
        "[Wire] public partial class Cart { public long Count() => 1; }",
        Published("Count() -> int"));

    [Fact]
    public Task FixesAll_PublishedMethodsInTheManifest() => FixesAll(
        "[Wire] public partial class Cart { public long [|Count|]() => 1; public void [|Add|](int a) { } }",
        "[Wire] public partial class Cart { public long Count() => 1; public void Add(int a) { } }",
        Published("Count() -> int", "Add()"));

    [Fact]
    public Task OffersNoFixOfACollision() => OffersNoFix(
        """
        [Wire(Name = "A")] public partial class Account;
        [Wire([|Name = "A"|])] public partial class OldAccount;
        """);

    private static (string Name, string Text) Published(params string[] methods) => (WireContracts.FileName, string.Concat(methods.Select(static m =>
    {
        string[] parts = m.Split(" -> ");
        return new ContractLine("Cart", parts[0], parts.Length > 1 ? parts[1] : "void", MethodIdentity.Hash(parts[0])) + "\n";
    })));

    private static CompilationReference Library(string assembly, string alias) =>
        CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText("namespace Lib { public class Item; }")], TestProject.References, new(OutputKind.DynamicallyLinkedLibrary))
            .ToMetadataReference([alias]);
}
