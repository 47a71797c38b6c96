using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Tests.Generators;

namespace Wires.Tests.Migration.RandomPrograms;

/// <summary>Random programs in one assembly, in a file from which other processes load it too.</summary>
internal sealed class ProgramBatch
{
    private readonly Func<IWires, string, int, string[], Task<(string Seen, int Moves)>> _run;
    private readonly int _firstSeed;

    private ProgramBatch(string path, int firstSeed, int count, bool isDebug)
    {
        Path = path;
        _firstSeed = firstSeed;
        Count = count;
        IsDebug = isDebug;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        _run = assembly.GetTypes().Single(static type => type.Name == "Entry").GetMethod("Run")!.CreateDelegate<Func<IWires, string, int, string[], Task<(string, int)>>>();
    }

    public string Path { get; }

    public int Count { get; }

    /// <summary>Whether it was compiled for debugging, where methods that wait are classes and keep all their variables.</summary>
    public bool IsDebug { get; }

    /// <summary>The seed of a program.</summary>
    public int Seed(int program) => _firstSeed + program;

    /// <summary>The code of a program.</summary>
    public string Source(int program) => new ProgramWriter(Seed(program)).Write();

    /// <summary>Writes, compiles and loads programs.</summary>
    public static ProgramBatch Compile(DirectoryInfo folder, int firstSeed, int count, bool isDebug)
    {
        // A name of its own: a process holds one assembly of a name.
        string name = $"Programs_{ProgramWriter.Name(firstSeed)}_{(isDebug ? "debug" : "release")}_{Guid.NewGuid():N}";
        int[] seeds = [.. Enumerable.Range(firstSeed, count)];
        string programs = $$"""
            using System.Collections.Immutable;
            using System.Numerics;
            using System.Text;

            namespace {{name}};

            public sealed partial class Programs
            {
                private WireTask<long> Start(int program) => program switch
                {
            {{string.Join('\n', seeds.Select((seed, i) => string.Create(CultureInfo.InvariantCulture, $"        {i} => P{ProgramWriter.Name(seed)}(),")))}}
                    _ => throw new ArgumentOutOfRangeException(nameof(program)),
                };

            {{string.Join('\n', seeds.Select(static seed => new ProgramWriter(seed).Write()))}}
            }
            """;
        CSharpParseOptions options = GeneratorHarness.ParseOptions();
        CSharpCompilation compilation = GeneratorHarness.Compile(options, [ProgramPrelude.Source.Replace("$space", name, StringComparison.Ordinal), programs]);
        compilation = compilation.WithAssemblyName(name).WithOptions(compilation.Options.WithOptimizationLevel(isDebug ? OptimizationLevel.Debug : OptimizationLevel.Release).WithNullableContextOptions(NullableContextOptions.Annotations));
        return new ProgramBatch(GeneratorHarness.Emit(compilation, options, folder), firstSeed, count, isDebug);
    }

    /// <summary>Runs a program in a wire of its own.</summary>
    /// <param name="wires">Any node of the cluster.</param>
    /// <param name="program">Its number in this batch.</param>
    /// <param name="way">Two nodes to move between at each wait; none to stay.</param>
    /// <returns>Its outcome, effects and final state; and how often it moved.</returns>
    public async Task<(string Seen, int Moves)> RunAsync(IWires wires, int program, params string[] way)
    {
        try
        {
            return await _run(wires, string.Create(CultureInfo.InvariantCulture, $"{Seed(program)} {string.Join('-', way)}"), program, way);
        }
        catch (Exception e) when (e is WireException or TimeoutException or InvalidOperationException)
        {
            return ($"fails: {e}", 0);
        }
    }
}
