using Microsoft.Extensions.DependencyInjection;
using Wires.Benchmarks.Workloads;

namespace Wires.Benchmarks;

/// <summary>Nodes with everything on, as a user gets them.</summary>
internal static class Node
{
    /// <summary>The default settings.</summary>
    public static IWires Default => field ??= Create(static _ => { });

    /// <summary>Calls are always queued.</summary>
    public static IWires Queued => field ??= Create(static options => options.InlineCalls = false);

    public static FinishLine FinishLine { get; } = new();

    public static IWires Create(Action<WiresOptions> configure) =>
        new ServiceCollection().AddSingleton(FinishLine).AddWires(configure).BuildServiceProvider().GetRequiredService<IWires>();
}
