using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators.Emitting;
using Wires.Generators.Models;
using Wires.Generators.Parsing;
using Wires.Generators.Serialization;
using Wires.Serialization;
using Xunit;

namespace Wires.Tests.Generators.Serialization;

/// <summary>Types compiled in memory, with the formatters that the generator emits for the fields of their class <c>Roots</c>.</summary>
internal sealed class FormatterCompilation
{
    private const string Space = "Wires.Generated.Sample";

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(WireFormatters).Assembly.Location),
    ];

    private readonly TypeClassifier _classifier;

    private FormatterCompilation(CSharpCompilation compilation, WireRefLookup? refs)
    {
        Compilation = compilation;
        _classifier = new TypeClassifier(compilation, refs);
        Roots = [.. (compilation.GetTypeByMetadataName("Roots")?.GetMembers() ?? []).OfType<IFieldSymbol>()];
        Set = _classifier.FormattersFor(Roots.Select(r => (r.Type, (ISymbol?)r)));
    }

    public CSharpCompilation Compilation { get; }

    public IReadOnlyList<IFieldSymbol> Roots { get; }

    public FormatterSet Set { get; }

    public static FormatterCompilation Of(string source, WireRefLookup? refs = null, params MetadataReference[] references) => new(Compile(source, "Sample", references), refs);

    public static CSharpCompilation Compile(string source, string assembly, params MetadataReference[] references) => CSharpCompilation.Create(
        assembly,
        [Parse("global using System; global using System.Collections.Generic; global using System.Linq; global using MemoryPack; global using Wires.Serialization;"), Parse(MemoryPackDeclarations.Source), Parse(source)],
        [.. s_references, .. references],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private ModuleModel Module => ModuleParser.Parse(Space, EquatableArray<string>.Empty, [], [], [], [], Set.Registrations($"global::{Space}."));

    public TypePlan Plan(string root)
    {
        var field = Roots.Single(r => r.Name == root);
        return _classifier.Classify(field.Type, field);
    }

    public string Emit(string type) => FormatterEmitter.Emit(Set.Formatters.Single(f => f.DisplayName == type), Space);

    /// <summary>Compiles everything, without a warning from what was emitted, loads it and registers the formatters.</summary>
    public Assembly Load()
    {
        // What turns off warnings for the user's sake would hide ours.
        var emitted = Set.Formatters.Select(f => FormatterEmitter.Emit(f, Space)).Append(ModuleEmitter.Emit(Module))
            .Select(text => Parse(text.Replace("#pragma warning disable", "", StringComparison.Ordinal))).ToList();
        var complete = Compilation.AddSyntaxTrees(emitted);
        var complaints = complete.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error
            || (d.Severity == DiagnosticSeverity.Warning && emitted.Contains(d.Location.SourceTree!))).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints) + "\n" + string.Join('\n', complaints.Select(d => d.Location.SourceTree).Distinct()));

        using var stream = new MemoryStream();
        Assert.True(complete.Emit(stream).Success);
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(null).LoadFromStream(stream);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return assembly;
    }

    /// <summary>Compiles, loads and calls a static method of the class Program.</summary>
    public object? Run(string method = "Main")
    {
        try
        {
            return Load().GetType("Program")!.GetMethod(method, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
}
