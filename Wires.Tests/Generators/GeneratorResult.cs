using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>What a run gave: files, and the compilation with them.</summary>
internal sealed class GeneratorResult(GeneratorDriver driver, CSharpCompilation compilation)
{
    // Between them they are what a user can turn on; the analyzers' rules do not look at generated code.
    private static readonly HashSet<string> Ignored =
    [
        "CS1591", // The snippets document nothing.
        "CS8019", // An unused global using of the harness.
    ];

    public CSharpCompilation Compilation => compilation;

    public IReadOnlyDictionary<string, string> Files { get; } = driver.GetRunResult().Results.Single().GeneratedSources
        .ToDictionary(static s => s.HintName, static s => s.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>The one file of a wire class.</summary>
    public string File(string hintName) =>
        Files.TryGetValue(hintName, out var text) ? text : throw new InvalidOperationException($"No {hintName} among: {string.Join(", ", Files.Keys)}");

    /// <summary>No generator failed, and the compilation has neither error nor warning.</summary>
    public GeneratorResult CompilesCleanly()
    {
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        var diagnostics = compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Info && !Ignored.Contains(d.Id)).ToList();
        if (diagnostics.Count > 0)
        {
            var trees = diagnostics.Select(static d => d.Location.SourceTree).Where(static t => t is not null).Distinct();
            Assert.Fail(string.Join('\n', diagnostics) + "\n\n" + string.Join("\n\n", trees.Select(static t => t!.FilePath + "\n" + t)));
        }

        return this;
    }

    /// <summary>As it would run.</summary>
    public System.Reflection.Assembly Load()
    {
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return System.Reflection.Assembly.Load(stream.ToArray());
    }
}
