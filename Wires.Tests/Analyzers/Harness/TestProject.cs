using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Wires.Tests.Analyzers.Harness;

/// <summary>A project in memory: the source under test, the usings that the SDK adds, and a ref for each of its wire classes.</summary>
internal static class TestProject
{
    public const string SourceName = "Source.cs";
    public const string RefsName = "Refs.g.cs";

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Wires;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                    || name is "netstandard.dll" or "mscorlib.dll" or "Wires.Runtime.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static MetadataReference Runtime { get; } =
        References.First(static r => r.Display!.EndsWith("Wires.Runtime.dll", StringComparison.Ordinal));

    public static async Task<Document> Create(string source, IEnumerable<MetadataReference>? references = null, params (string Name, string Text)[] additionalFiles)
    {
        var workspace = new AdhocWorkspace();
        var id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, "Tested", "Tested", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: Parsing,
                metadataReferences: references ?? References))
            .AddDocument(DocumentId.CreateNewId(id), "Usings.g.cs", Usings, filePath: "/Usings.g.cs");
        foreach ((string name, string text) in additionalFiles)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), name, SourceText.From(text), filePath: "/" + name);
        }

        var document = DocumentId.CreateNewId(id);
        solution = solution.AddDocument(document, SourceName, SourceText.From(source), filePath: "/" + SourceName);
        return await WithRefs(solution.GetDocument(document)!);
    }

    /// <summary>Writes the refs of the wire classes anew, as the generator would after an edit.</summary>
    public static async Task<Document> WithRefs(Document document)
    {
        Project project = document.Project;
        if (project.Documents.FirstOrDefault(d => d.Name == RefsName) is { } old)
        {
            project = project.RemoveDocument(old.Id);
        }

        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        project = project.AddDocument(RefsName, RefStubs.For(compilation), filePath: "/" + RefsName).Project;
        return project.GetDocument(document.Id)!;
    }

    public static async Task<ImmutableArray<Diagnostic>> Errors(Document document) =>
        [.. (await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];

    public static async Task<ImmutableArray<Diagnostic>> Analyze(Document document, params ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers(analyzers, document.Project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal)];
    }
}
