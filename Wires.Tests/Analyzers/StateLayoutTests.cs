using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class StateLayoutTests : RuleTests<StateLayout, WireContractsFix>
{
    [Fact]
    public async Task FindsAFieldThatIsGone() => await Finds(
        """
        [Wire]
        public partial class [|Cart|]
        {
            private int _count;
            public int Count() => _count;
        }
        """,
        "'_name' of wire 'Cart' is gone", Manifest("Cart state _count: int", "Cart state _name: string"));

    [Fact]
    public async Task FindsAFieldOfAnotherType() => await Finds(
        """
        namespace Shop;
        [Wire]
        public partial class Cart
        {
            private long [|_count|];
            private List<int> [|Lines|] { get; } = [];
            public long Count() => _count + Lines.Count;
        }
        """,
        "'_count' of wire 'Shop.Cart' was 'int' and is 'long'",
        Manifest("Shop.Cart state Lines: System.Collections.Generic.List<long>", "Shop.Cart state _count: int"));

    [Fact]
    public async Task FindsARenameOnceNotTwice() => await Finds(
        """
        [Wire]
        public partial class Cart
        {
            private DateTime [|_lastUse|];
            private int _count;
            public object Read() => (_lastUse, _count);
        }
        """,
        "[FormerName(\"_touched\")]", Manifest("Cart state _count: int", "Cart state _touched: System.DateTime"));

    [Fact]
    public async Task FindsAFieldThatABaseLost() => await Finds(
        """
        public abstract class Base { protected int Count; }
        [Wire(Name = "the cart")]
        public partial class [|Cart|] : Base { public int Read() => Count; }
        """,
        "'_total' of wire 'the cart' is gone", Manifest("the%0020cart state Count: int", "the%0020cart state _total: decimal"));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Cart state _count")]
    [InlineData("Cart field _count: int")]
    [InlineData("Cart method Add(int) -> void")]
    [InlineData("Cart method Add(int) -> void 0xXY")]
    [InlineData("Cart%00 state _count: int")]
    [InlineData("<<<<<<< ours")]
    public async Task FindsALineThatItCannotRead(string line)
    {
        Diagnostic found = Assert.Single(await InManifest("# Remark\n\nCart state _count: int\n" + line + "\n"));
        Assert.Equal(RuleIds.StateLayout, found.Id);
        Assert.Equal("/WireContracts.txt", found.Location.GetLineSpan().Path);
        Assert.Equal(3, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public async Task FindsALineThatAMergeLeftTwice()
    {
        Diagnostic found = Assert.Single(await InManifest("Cart state _count: int\nCart state _count: long\n"));
        Assert.Equal(1, found.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Contains("line 1", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindsAWireThatIsGone()
    {
        Diagnostic found = Assert.Single(await InManifest("Cart state _count: int\nOrder state _a: int\nOrder state _b: int\n"));
        Assert.Equal(1, found.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Contains("'Order' is gone", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KnowsHomeInterfacesOfTheManifest()
    {
        Document document = await TestProject.Create(
            "[Home] public interface IPrinter { ValueTask Print(string text); }",
            additionalFiles: (WireContracts.FileName, $"{new ContractLine("IPrinter", "Print(string)", "void", MethodIdentity.Hash("Print(string)"))}\nIScanner method Scan() -> void 0x{1:X16}\n"));
        Diagnostic found = Assert.Single(await TestProject.Analyze(document, new StateLayout()));
        Assert.Contains("'IScanner' is gone", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesAloneWhatHasNoManifest() => await LeavesAlone("[Wire] public partial class Cart { private int _a; public int A() => _a; }");

    [Fact]
    public async Task LeavesAloneWhatIsNew() => await LeavesAlone(
        """
        [Wire]
        public partial class Cart
        {
            private string _new = "";
            private int _count;
            [Local] private Task? _task;
            public string Read() => _new + _count + _task;
        }
        [Wire] public partial class New { private int _a; public int A() => _a; }
        """,
        Manifest("Cart state _count: int"));

    [Fact]
    public async Task LeavesAloneWhatSaysItsFormerName() => await LeavesAlone(
        """
        [Wire]
        public partial class Cart
        {
            [FormerName("_n"), FormerName("_number")] private int _count;
            [FormerName("_lines")] private List<string> Lines { get; } = [];
            public int Count() => _count + Lines.Count;
        }
        """,
        Manifest("Cart state _lines: System.Collections.Generic.List<string>", "Cart state _number: int"));

    [Fact]
    public async Task LeavesAloneWhatIsNotInTheFormat() => await LeavesAlone(
        """
        [Wire]
        public partial class Cache<TItem>
        {
            private readonly Dictionary<string, (TItem? Value, DateTime? Due)> _items = [];
            private string? _name;
            private int[][,] _grid = [];
            public int Count() => _items.Count + _grid.Length + (_name?.Length ?? 0);
        }
        """,
        Manifest("Cache`1 state _grid: int[,][]", "Cache`1 state _items: System.Collections.Generic.Dictionary<string,(!0,System.DateTime?)>", "Cache`1 state _name: string"));

    [Fact]
    public async Task FixesARename() => await Fixes(
        """
        [Wire]
        public partial class Cart
        {
            // When it was last used.
            private DateTime [|_lastUse|];
            public DateTime Read() => _lastUse;
        }
        """,
        """
        [Wire]
        public partial class Cart
        {
            // When it was last used.
            [FormerName("_touched")] private DateTime _lastUse;
            public DateTime Read() => _lastUse;
        }
        """,
        Manifest("Cart state _touched: System.DateTime"));

    [Fact]
    public async Task FixesTheManifest() => await Fixes(
        "[Wire] public partial class Cart { private long [|_count|]; public long Count() => _count; }",
        "[Wire] public partial class Cart { private long _count; public long Count() => _count; }",
        Manifest("Cart state _count: int"));

    [Fact]
    public async Task FixesAllWiresInTheManifest()
    {
        const string Source =
            """
            [Wire] public partial class A { private long [|_a|]; private int [|_b|]; public long Read() => _a + _b; }
            [Wire] public partial class [|B|] { public long Read() => 1; }
            """;
        await FixesAll(
            Source, Source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal),
            Manifest("A state _a: int", "A state _b: long", "B state _gone: string"));
    }

    [Fact]
    public async Task FixesAllRenames() => await FixesAll(
        """
        [Wire] public partial class A { private long [|_new|]; public long Read() => _new; }
        [Wire] public partial class B { private string [|New|] { get; } = ""; public string Read() => New; }
        """,
        """
        [Wire] public partial class A { [FormerName("_old")] private long _new; public long Read() => _new; }
        [Wire] public partial class B { [FormerName("Old")] private string New { get; } = ""; public string Read() => New; }
        """,
        Manifest("A state _old: long", "B state Old: string"));

    [Fact]
    public async Task AnUpdateWritesSortedLinesAndKeepsAllElse()
    {
        const string Source = "[Wire] public partial class Cart { private string? _name; private long _count; public async Task<string?> Say(int a, long[] b) => _name + _count; }";
        const string Old = "# Ours\r\nCart state _gone: int\r\nZebra state _a: int\r\n???\r\nApple state _a: int\r\n";
        Document document = await TestProject.Create(Source, additionalFiles: ("WireContracts.txt", Old));
        Solution updated = await ContractsFile.Update(document.Project, ["Cart"], TestContext.Current.CancellationToken);
        string text = await Text(updated.GetProject(document.Project.Id)!);
        string identity = MethodIdentity.Hash("Say(int,long[])").ToString("X16", CultureInfo.InvariantCulture);
        Assert.Equal(
            $"# Ours\r\nApple state _a: int\r\nCart method Say(int,long[]) -> string 0x{identity}\r\nCart state _count: long\r\nCart state _name: string\r\nZebra state _a: int\r\n???\r\n",
            text);
    }

    [Fact]
    public async Task ARefactoringCreatesTheManifestWithAllWires()
    {
        const string Source = "[Wire] public partial class Cart { private int _count; public int Count() => _count; } [Wire] public partial class Order { private int _id; public void Set(int id) => _id = id; } "
            + "[Home] public interface ILog { ValueTask Add(string line); }";
        Document document = await TestProject.Create(Source);
        CodeAction action = Assert.Single(await Refactorings(document));
        Project created = await Apply(action, document);
        string text = await Text(created);
        Assert.StartsWith("# What the wires", text, StringComparison.Ordinal);
        Assert.Contains("\nCart state _count: int\nILog method Add(string) -> void 0x", text, StringComparison.Ordinal);
        Assert.Contains("\nOrder method Set(int) -> void 0x", text, StringComparison.Ordinal);
        Assert.Empty(await TestProject.Analyze(created.GetDocument(document.Id)!, new StateLayout(), new IdentityCollision()));
        Assert.Empty(await Refactorings(created.GetDocument(document.Id)!));
    }

    [Fact]
    public async Task ARefactoringRecordsWhatIsNew()
    {
        Document document = await TestProject.Create("[Wire] public partial class Cart { private int _count; }", additionalFiles: Manifest("Order state _id: int"));
        Project recorded = await Apply(Assert.Single(await Refactorings(document)), document);
        Assert.Equal("# Ours\nCart state _count: int\nOrder state _id: int\n", await Text(recorded));
    }

    [Fact]
    public async Task ARefactoringRecordsWhatIsNewInAHomeInterface()
    {
        const string Source = "[Home] public interface Cart : IBase { ValueTask<int> Count(); } public interface IBase { Task Clear(); }";
        Document document = await TestProject.Create(Source, additionalFiles: Manifest("Order state _id: int"));
        Project recorded = await Apply(Assert.Single(await Refactorings(document)), document);
        Assert.Equal(
            $"# Ours\n{new ContractLine("Cart", "Clear()", "void", MethodIdentity.Hash("Clear()"))}\n{new ContractLine("Cart", "Count()", "int", MethodIdentity.Hash("Count()"))}\nOrder state _id: int\n",
            await Text(recorded));
    }

    private static (string Name, string Text) Manifest(params string[] lines) => (WireContracts.FileName, "# Ours\n" + string.Concat(lines.Select(static l => l + "\n")));

    private static async Task<ImmutableArray<Diagnostic>> InManifest(string text)
    {
        Document document = await TestProject.Create("[Wire] public partial class Cart { private int _count; public int Count() => _count; }", additionalFiles: (WireContracts.FileName, text));
        return await TestProject.Analyze(document, new StateLayout());
    }

    private static async Task<List<CodeAction>> Refactorings(Document document)
    {
        var actions = new List<CodeAction>();
        int at = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString().IndexOf("Cart", StringComparison.Ordinal);
        await new RecordContracts().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(at, 0), actions.Add, TestContext.Current.CancellationToken));
        return actions;
    }

    private static async Task<Project> Apply(CodeAction action, Document document)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution.GetProject(document.Project.Id)!;
    }

    private static async Task<string> Text(Project project) =>
        (await Assert.Single(project.AdditionalDocuments).GetTextAsync(TestContext.Current.CancellationToken)).ToString();
}
