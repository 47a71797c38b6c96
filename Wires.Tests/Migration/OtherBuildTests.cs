using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Tests.Cluster;
using Wires.Tests.Generators;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>Two processes that run two builds of one assembly: a wire moves between its methods, and not in the middle of one, as the frames of the other build may have other variables.</summary>
[Collection(Runtime.Quiet.Name)]
public sealed class OtherBuildTests : IAsyncLifetime
{
    private readonly AssemblyFolder _folder = new();
    private readonly string _name = $"Drifting_{Guid.NewGuid():N}";
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ASuspendedMethodStaysWhereItsBuildIsAndSaysSo()
    {
        Assembly own = AssemblyLoadContext.Default.LoadFromAssemblyPath(Compile("own", unused: 1));
        RuntimeHelpers.RunModuleConstructor(own.ManifestModule.ModuleHandle);
        MethodInfo EntryOf(string method) => own.GetType($"{_name}.Entry")!.GetMethod(method)!;
        await using ProcessPair pair = await ProcessPair.StartAsync(_redis, [Compile("other", unused: 2)]);
        IWires wires = pair.Wires;
        var wire = (WireId)EntryOf("IdOf").Invoke(null, [wires])!;

        // Begins here, wherever its home is, and goes on once it is told to.
        await BringHereAsync(wires, wire, () => (Task<string>)EntryOf("Where").Invoke(null, [wires])!);
        var drift = (Task<string>)EntryOf("Drift").Invoke(null, [wires])!;
        await Waits.Until(() => pair.Own.Directory.All().Any(static wire => wire is { IsClosed: false, SuspendedCalls_OnTurn: > 0 }), "the method to be suspended");
        WireMigrationException refused = await Assert.ThrowsAsync<WireMigrationException>(async () => await wires.MigrateAsync(wire, "other", TestContext.Current.CancellationToken)).Within();
        Assert.Contains(_name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another build", refused.Message, StringComparison.Ordinal);

        await ((Task)EntryOf("Go").Invoke(null, [wires])!).Within();
        Assert.Equal("own 42", await drift.Within());

        // Between its methods it is state that moves, which both builds read.
        await wires.MigrateAsync(wire, "other", TestContext.Current.CancellationToken).AsTask().Within();
        Assert.Equal("other", await ((Task<string>)EntryOf("Where").Invoke(null, [wires])!).Within());
    }

    private static async Task BringHereAsync(IWires wires, WireId wire, Func<Task<string>> where)
    {
        if (await where().Within() != "own")
        {
            await wires.MigrateAsync(wire, "own", TestContext.Current.CancellationToken).AsTask().Within();
        }

        Assert.Equal("own", await where().Within());
    }

    private string Compile(string build, int unused)
    {
        string source = $$"""
            namespace {{_name}};

            [Wire]
            public sealed partial class Drifter
            {
                private bool _goes;

                public async WireTask<string> Drift()
                {
                    int kept = 42;
                    while (!_goes)
                    {
                        await Wire.Delay(TimeSpan.FromMilliseconds(20));
                    }

                    return $"{Wire.Node} {kept}";
                }

                [Interleave]
                public void Go() => _goes = true;

                public string Where() => Wire.Node;

                private int Unused() => {{unused}};
            }

            public static class Entry
            {
                public static WireId IdOf(IWires wires) => wires.Get<DrifterRef>("one").Id;

                public static Task<string> Drift(IWires wires) => wires.Get<DrifterRef>("one").Drift().AsTask();

                public static Task Go(IWires wires) => wires.Get<DrifterRef>("one").Go().AsTask();

                public static Task<string> Where(IWires wires) => wires.Get<DrifterRef>("one").Where().AsTask();
            }
            """;
        CSharpParseOptions options = GeneratorHarness.ParseOptions();
        CSharpCompilation compilation = GeneratorHarness.Compile(options, [source]).WithAssemblyName(_name);
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        return GeneratorHarness.Emit(compilation, options, _folder.Info.CreateSubdirectory(build));
    }
}
