using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
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
}
