using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Wires.Generators;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>Compiles snippets in memory and runs the generator over them.</summary>
internal static class GeneratorHarness
{
    public const string Usings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.Linq;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        global using global::Wires;
        """;

    private static readonly ImmutableArray<MetadataReference> References = LoadReferences();

    public static CSharpParseOptions ParseOptions(LanguageVersion version = LanguageVersion.Preview) =>
        new(version, DocumentationMode.Diagnose);

    /// <summary>A library of these files, named as their order, with all warnings that a strict user has on.</summary>
    public static CSharpCompilation Compile(CSharpParseOptions options, IEnumerable<string> sources, IEnumerable<MetadataReference>? more = null) => CSharpCompilation.Create(
        "Sample",
        [
            CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs"),
            .. sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, options, $"File{i}.cs")),
        ],
        [.. References, .. more ?? []],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, allowUnsafe: true));

    public static GeneratorResult Run(params string[] sources) => Run(LanguageVersion.Preview, sources);

    public static GeneratorResult Run(LanguageVersion version, params string[] sources)
    {
        var options = ParseOptions(version);
        var compilation = Compile(options, sources);
        var driver = Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorResult(driver, (CSharpCompilation)output);
    }

    /// <summary>Runs the generator over a compilation and writes the assembly, under its name, to a folder.</summary>
    /// <returns>The path of the file.</returns>
    public static string Emit(CSharpCompilation compilation, CSharpParseOptions options, DirectoryInfo folder)
    {
        Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        string path = Path.Combine(folder.FullName, compilation.AssemblyName + ".dll");
        using FileStream file = File.Create(path);
        EmitResult emitted = complete.Emit(file);
        Assert.True(emitted.Success, $"{string.Join('\n', emitted.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Take(10))}\n{string.Join('\n', compilation.SyntaxTrees)}");
        return path;
    }

    public static GeneratorDriver Driver(CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [new WireGenerator().AsSourceGenerator()],
        parseOptions: options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static ImmutableArray<MetadataReference> LoadReferences()
    {
        // The runtime under test may be among them already, by the tests' own dependencies. Neither the tests nor the samples that they test: they carry wires.
        var paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(WireAttribute).Assembly.Location)
            .Where(static path => Path.GetFileName(path) is not ("Wires.Tests.dll" or "RayTracer.dll" or "Nomad.dll" or "SocialGraph.dll"))
            .DistinctBy(Path.GetFileName);
        return [.. paths.Select(static path => MetadataReference.CreateFromFile(path))];
    }
}
