using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Wires.Analyzers;
using Wires.Generators;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>All rules at once over wires as people write them, whole and broken. None of these files deserves a diagnostic.</summary>
public sealed class RealisticWiresTests
{
    private const int WiresAtLeast = 40;

    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(WireRule).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t)).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    private static readonly string Folder = Repository.PathOf("Wires.Tests", "Analyzers", "Realistic");

    public static TheoryData<string> Files { get; } = [.. System.IO.Directory.GetFiles(Folder, "*.cs").Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task NoRuleSpeaks(string file)
    {
        string source = Read(file);
        Document document = await TestProject.Create(source);
        ImmutableArray<Diagnostic> errors = await TestProject.Errors(document);
        Assert.True(errors.IsEmpty, string.Join('\n', errors));
        ImmutableArray<Diagnostic> found = await TestProject.Analyze(document, All);
        Assert.True(found.IsEmpty, Markup.Underline(source, found.Select(d => (d.Location.SourceSpan, d.Id + ": " + d.GetMessage(CultureInfo.InvariantCulture)))));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task TheGeneratorServesThem(string file)
    {
        Compilation compilation = await WithoutRefs(Read(file));
        NewDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> said, TestContext.Current.CancellationToken);
        Assert.Empty(said);
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.Severity >= DiagnosticSeverity.Error));
    }

    [Fact]
    public void ThereAreEnoughOfThem()
    {
        int count = Files.Sum(file => Read(file.Data).Split('\n').Count(static line => line.TrimStart().StartsWith("[Wire", StringComparison.Ordinal)));
        Assert.InRange(count, WiresAtLeast, int.MaxValue);
    }

    /// <summary>
    /// An editor sees mostly incomplete code. AD0001 is an analyzer that threw, CS8785 a generator. <c>WIRES_FUZZ_ROUNDS=10000</c> is a night's run,
    /// <c>WIRES_SEED</c> repeats one.
    /// </summary>
    [Fact]
    public async Task NothingThrowsOnBrokenCode()
    {
        int seed = Setting("WIRES_SEED", 20_26);
        int rounds = Setting("WIRES_FUZZ_ROUNDS", 100);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        (string File, Compilation Compilation, SyntaxTree Tree, SyntaxToken[] Tokens)[] wholes = [.. await Task.WhenAll(Files.Select(static async f => await Load(f.Data)))];
        GeneratorDriver[] drivers = [.. wholes.Select(static w => NewDriver().RunGenerators(w.Compilation))];
        AnalyzerOptions options = new([new Manifest()]);
        for (int round = 0; round < rounds; round++)
        {
            // Each round has a seed of its own, so that one can be repeated alone.
            var random = new Random(seed + round);
            int which = random.Next(wholes.Length);
            (string file, Compilation compilation, SyntaxTree tree, SyntaxToken[] tokens) = wholes[which];
            List<TextChange> cuts = [.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => tokens[random.Next(tokens.Length)].Span).Where(static s => !s.IsEmpty).Distinct().OrderBy(static s => s.Start).Select(static s => new TextChange(s, ""))];
            SyntaxTree broken = tree.WithChangedText((await tree.GetTextAsync(cancellation)).WithChanges(cuts));

            // The driver has seen the whole file, as in an editor: its memory of it is under test too.
            drivers[which].RunGeneratorsAndUpdateCompilation(compilation.ReplaceSyntaxTree(tree, broken), out Compilation output, out ImmutableArray<Diagnostic> said, cancellation);
            ImmutableArray<Diagnostic> found = await output.WithAnalyzers(All, options).GetAnalyzerDiagnosticsAsync(cancellation);
            Diagnostic? thrown = said.Concat(found).FirstOrDefault(static d => d.Id is "AD0001" or "CS8785");
            Assert.True(thrown is null, $"WIRES_SEED={seed + round} WIRES_FUZZ_ROUNDS=1, {file} without {string.Join(' ', cuts)}: {thrown?.GetMessage(CultureInfo.InvariantCulture)}");
        }
    }

    private static async Task<(string File, Compilation Compilation, SyntaxTree Tree, SyntaxToken[] Tokens)> Load(string file)
    {
        Compilation compilation = await WithoutRefs(Read(file));
        SyntaxTree tree = compilation.SyntaxTrees.Single(static t => Path.GetFileName(t.FilePath) == TestProject.SourceName);
        return (file, compilation, tree, [.. (await tree.GetRootAsync()).DescendantTokens()]);
    }

    // The generator's refs, not the stubs that rules are tested with.
    private static async Task<Compilation> WithoutRefs(string source)
    {
        Document document = await TestProject.Create(source);
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        return compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(static t => Path.GetFileName(t.FilePath) == "Refs.g.cs"));
    }

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new WireGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Preview));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    /// <summary>A manifest of which the rules have something to say.</summary>
    private sealed class Manifest : AdditionalText
    {
        public override string Path => "/" + WireContracts.FileName;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(
            "Auctions.Auction state _seller: int\nGames.Zone method Go(int) -> void 0x1\nSocial.Poll state _old: bool\nTravel.Room state _rate: decimal\n?\n");
    }
}
