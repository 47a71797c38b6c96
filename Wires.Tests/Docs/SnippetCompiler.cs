using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Wires.Tests.Generators;

namespace Wires.Tests.Docs;

/// <summary>Compiles a snippet in memory, with the generator and all analyzers, as a project would that has the package.</summary>
internal static class SnippetCompiler
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Wires;
        """;

    private const string WebUsings =
        """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        """;

    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Preview);

    // The web framework lies beside the base library's folder; the tests themselves do not need it.
    private static readonly ImmutableArray<MetadataReference> s_web =
    [
        .. System.IO.Directory.GetFiles(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "Microsoft.AspNetCore.App", Environment.Version.ToString()), "Microsoft.AspNetCore*.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(WireRule).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What compiler and analyzers say.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Compile(Snippet snippet, CancellationToken cancellation)
    {
        var isWeb = snippet.Code.Contains("WebApplication", StringComparison.Ordinal);
        List<SyntaxTree> trees = [Parse(isWeb ? Usings + "\n" + WebUsings : Usings, "Usings.cs")];
        var code = snippet.Code;
        if (snippet.PreludeText() is { } prelude)
        {
            if (prelude.Contains("// snippet", StringComparison.Ordinal))
            {
                code = prelude.Replace("// snippet", code, StringComparison.Ordinal);
            }
            else
            {
                trees.Add(Parse(prelude, "Prelude.cs"));
            }
        }

        trees.Add(Parse(code, snippet.Name));
        var isProgram = trees[^1].GetCompilationUnitRoot(cancellation).Members.Any(static member => member is GlobalStatementSyntax);
        var compilation = CSharpCompilation.Create(
            "Snippet",
            trees,
            [.. TestProject.References, .. isWeb ? s_web : []],
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorHarness.Driver(s_parsing).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _, cancellation);
        return await generated.WithAnalyzers(s_analyzers).GetAllDiagnosticsAsync(cancellation);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_parsing, path);
}
