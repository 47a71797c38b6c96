using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wires.Benchmarks.Limits;

namespace Wires.Benchmarks.Workloads;

[Wire]
public partial class Cell
{
    public void Touch()
    {
    }
}

internal static class ActivationBenchmarks
{
    private const int Wires = 100_000;

    public static IEnumerable<Benchmark> All =>
    [
        new("activate", Unit.PerSecond, "100,000 wires by first call", ActivateAsync, static () => ActivationLimit.RunAsync(Wires), 1e9 / 143),
        new("activate-bytes", Unit.Bytes, "retained growth per idle wire, a class without fields, long keys", RetainedAsync, static () => ActivationLimit.RetainedAsync(Wires)),
    ];

    private static async ValueTask<Sample> ActivateAsync()
    {
        string[] keys = [.. Enumerable.Range(0, Wires).Select(static i => $"wire-{i}")];
        await using ServiceProvider services = new ServiceCollection().AddWires().BuildServiceProvider();
        IWires wires = services.GetRequiredService<IWires>();
        await wires.Get<CellRef>("first").Touch();
        return await Measure.RunAsync(Wires, async () =>
        {
            foreach (string key in keys)
            {
                await wires.Get<CellRef>(key).Touch();
            }
        });
    }

    private static async ValueTask<Sample> RetainedAsync()
    {
        await using ServiceProvider services = new ServiceCollection().AddWires().BuildServiceProvider();
        IWires wires = services.GetRequiredService<IWires>();
        await wires.Get<CellRef>(-1).Touch();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Wires; i++)
        {
            await wires.Get<CellRef>(i).Touch();
        }

        return new Sample(Wires, Stopwatch.GetElapsedTime(0), GC.GetTotalMemory(forceFullCollection: true) - before);
    }
}
