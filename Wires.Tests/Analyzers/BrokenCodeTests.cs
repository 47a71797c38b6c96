using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Wires.Analyzers;
using Wires.CodeFixes;
using Wires.Generators;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>An editor sees mostly incomplete code: realistic wires, wires full of mistakes and the samples, with tokens left out.</summary>
/// <remarks><c>WIRES_FUZZ_ROUNDS=10000</c> is the long run; a failure says which <c>WIRES_SEED</c> repeats it.</remarks>
public sealed class BrokenCodeTests
{
    // Fixes are slower than rules, and what they are offered differs little from round to round.
    private const int RoundsPerFixedOne = 5;

    private static readonly ImmutableArray<DiagnosticAnalyzer> All = [.. Instances<DiagnosticAnalyzer>(typeof(WireRule))];

    private static readonly ImmutableArray<CodeFixProvider> Fixes = [.. Instances<CodeFixProvider>(typeof(WireFix))];

    private readonly ConcurrentQueue<string> _thrown = new();

    [Fact]
    public async Task NoRuleAndNoFixAndNoGeneratorThrows()
    {
        int first = Setting("WIRES_SEED", 0);
        int rounds = Setting("WIRES_FUZZ_ROUNDS", 200);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Whole[] wholes = [.. await Task.WhenAll(Files().Select(Whole.Load))];
        for (int seed = first; seed < first + rounds; seed++)
        {
            // Each round has a seed of its own, so that one can be repeated alone.
            var random = new Random(seed);
            Whole whole = wholes[random.Next(wholes.Length)];
            SourceText broken = Break(whole, random);
            try
            {
                bool withFixes = seed % RoundsPerFixedOne == 0;
                (Document document, ImmutableArray<Diagnostic> found) = await Analyze(whole, broken, withFixes, cancellation);
                if (withFixes)
                {
                    await OfferFixes(document, found, random, cancellation);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                _thrown.Enqueue(e.ToString());
            }

            Assert.True(_thrown.IsEmpty, $"WIRES_SEED={seed} WIRES_FUZZ_ROUNDS=1, {whole.Name}:\n{string.Join('\n', _thrown.Distinct())}\n\n{broken}");
        }
    }

    // Most edits leave one gap; many gaps shake up the whole file.
    private static SourceText Break(Whole whole, Random random)
    {
        int gaps = random.Next(2) == 0 ? 1 + random.Next(3) : 1 + random.Next(20);
        return whole.Text.WithChanges(Enumerable.Range(0, gaps)
            .Select(_ => whole.Tokens[random.Next(whole.Tokens.Length)]).Distinct().OrderBy(static s => s.Start).Select(static s => new TextChange(s, "")));
    }

    private async Task<(Document Document, ImmutableArray<Diagnostic> Found)> Analyze(Whole whole, SourceText broken, bool forFixes, CancellationToken cancellation)
    {
        Document document = whole.Document.WithText(broken);
        Compilation compilation = (await document.Project.GetCompilationAsync(cancellation))!;

        // The driver has seen the whole file, as in an editor: its memory of it is under test too.
        GeneratorDriver driver = whole.Driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> said, cancellation);
        Note(said, "CS8785");
        if (forFixes)
        {
            document = await WithFiles(document, driver.GetRunResult().GeneratedTrees, cancellation);
            output = (await document.Project.GetCompilationAsync(cancellation))!;
        }

        var options = new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions, (e, analyzer, _) => _thrown.Enqueue($"{analyzer.GetType().Name}: {e}"), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found = await output.WithAnalyzers(All, options).GetAnalyzerDiagnosticsAsync(cancellation);
        Note(found, "AD0001");
        return (document, found);
    }

    private void Note(ImmutableArray<Diagnostic> diagnostics, string id)
    {
        foreach (Diagnostic thrown in diagnostics.Where(d => d.Id == id))
        {
            _thrown.Enqueue($"{thrown.GetMessage(CultureInfo.InvariantCulture)}\n{thrown.Descriptor.Description}");
        }
    }

    // Fixes ask the document, not the driver, what a ref is.
    private static async Task<Document> WithFiles(Document document, ImmutableArray<SyntaxTree> generated, CancellationToken cancellation)
    {
        Project project = document.Project;
        foreach (SyntaxTree tree in generated)
        {
            project = project.AddDocument(Path.GetFileName(tree.FilePath), await tree.GetRootAsync(cancellation), filePath: "/" + Path.GetFileName(tree.FilePath)).Project;
        }

        return project.GetDocument(document.Id)!;
    }

    private static async Task OfferFixes(Document document, ImmutableArray<Diagnostic> found, Random random, CancellationToken cancellation)
    {
        SyntaxTree tree = (await document.GetSyntaxTreeAsync(cancellation))!;
        var offered = new List<CodeAction>();
        foreach (Diagnostic diagnostic in found.Where(d => d.Location.SourceTree == tree))
        {
            foreach (CodeFixProvider fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), cancellation));
            }
        }

        if (offered.Count > 0)
        {
            await offered[random.Next(offered.Count)].GetOperationsAsync(cancellation);
        }
    }

    private static IEnumerable<string> Files() =>
        new[] { Repository.PathOf("Wires.Tests", "Analyzers", "Realistic"), Repository.PathOf("Wires.Tests", "Analyzers", "Mistakes"), Repository.PathOf("samples") }
            .SelectMany(static folder => System.IO.Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    private static IEnumerable<T> Instances<T>(Type beside) =>
        beside.Assembly.GetTypes().Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)).OrderBy(static t => t.Name, StringComparer.Ordinal).Select(static t => (T)Activator.CreateInstance(t)!);

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    /// <summary>A file as it was before the edit, and what an editor knows of it by then.</summary>
    private sealed record Whole(string Name, Document Document, SourceText Text, TextSpan[] Tokens, GeneratorDriver Driver)
    {
        // A manifest of which the rules have something to say.
        private const string Contracts =
            "Auctions.Auction state _seller: int\nGames.Zone method Go(int) -> void 0x1\nSocial.Poll state _old: bool\nTravel.Room state _rate: decimal\nMistakes.Account state _balance: int\n?\n";

        public static async Task<Whole> Load(string path)
        {
            // Without the stubs that rules are tested with: the generator writes the refs.
            Document document = await TestProject.Create(await File.ReadAllTextAsync(path), additionalFiles: (WireContracts.FileName, Contracts));
            Project project = document.Project;
            document = project.RemoveDocument(project.Documents.Single(static d => d.Name == TestProject.RefsName).Id).GetDocument(document.Id)!;
            Compilation compilation = (await document.Project.GetCompilationAsync())!;
            GeneratorDriver driver = CSharpGeneratorDriver.Create([new WireGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Preview)).RunGenerators(compilation);
            TextSpan[] tokens = [.. (await document.GetSyntaxRootAsync())!.DescendantTokens().Select(static t => t.Span).Where(static s => !s.IsEmpty)];
            return new Whole(Path.GetFileName(path), document, await document.GetTextAsync(), tokens, driver);
        }
    }
}
