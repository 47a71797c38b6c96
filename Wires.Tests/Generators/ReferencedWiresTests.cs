using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Infrastructure;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>A node knows the wires of the assemblies that its own assembly references, touched or not.</summary>
public sealed class ReferencedWiresTests
{
    private const string Library = """
        namespace Library;
        [Wire(Name = "library-wire-@")] public partial class Worker { public Job? Last() => null; }
        public class Job { public string? Name { get; set; } }
        """;

    [Fact]
    public void WiresOfALibraryAreKnownOnceItsHostIsLoaded()
    {
        var context = new AssemblyLoadContext(null);
        var library = Build("Some-Library", Library.Replace("@", "direct", StringComparison.Ordinal));
        var host = Build("Host", "public static class Program { public static int Main2() => 1; }", library.Reference);
        Assert.Contains("typeof(global::Wires.Generated.Some_Library_", host.Text, StringComparison.Ordinal);
        context.Resolving += (loader, name) => name.Name == "Some-Library" ? loader.LoadFromStream(new MemoryStream(library.Image)) : null;

        var loaded = context.LoadFromStream(new MemoryStream(host.Image));
        Assert.Throws<WireUnknownTypeException>(() => WireRegistry.GetType("library-wire-direct"));
        RuntimeHelpers.RunModuleConstructor(loaded.ManifestModule.ModuleHandle);
        Assert.Equal("Library.Worker", WireRegistry.GetType("library-wire-direct").WireClass.FullName);
    }

    [Fact]
    public void AnAssemblyThatCanOnlyBeNamedByItsAliasIsLeftToTheUser()
    {
        var library = Build("Aliased", Library.Replace("@", "alias", StringComparison.Ordinal));
        var host = Build("Host", "public static class Program;", library.Reference.WithAliases(["lib"]));
        Assert.Equal("", host.Text);
    }

    [Fact]
    public void ReferencesAreReadOnce()
    {
        var library = Build("Cached", Library.Replace("@", "cached", StringComparison.Ordinal));
        var options = GeneratorHarness.ParseOptions();
        var compilation = GeneratorHarness.Compile(options, ["public static class Program;"], [library.Reference]);
        var driver = GeneratorHarness.Driver(options).RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Other;", options, cancellationToken: TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Single(result.GeneratedSources);
        Assert.All(result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs), static o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    private static (byte[] Image, PortableExecutableReference Reference, string Text) Build(string name, string source, params MetadataReference[] references)
    {
        var options = GeneratorHarness.ParseOptions();
        var compilation = GeneratorHarness.Compile(options, [source], references).WithAssemblyName(name);
        var driver = GeneratorHarness.Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        using var stream = new MemoryStream();
        var emitted = output.Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        var text = driver.GetRunResult().Results.Single().GeneratedSources.FirstOrDefault(static s => s.HintName == "Wires-Module.g.cs").SourceText?.ToString() ?? "";
        return (stream.ToArray(), MetadataReference.CreateFromImage(stream.ToArray()), text);
    }
}
