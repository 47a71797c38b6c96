using SocialGraph.Graphs;
using SocialGraph.Nodes;
using SocialGraph.View;
using Wires;

namespace SocialGraph;

/// <summary>A cluster of nodes in this process, over loopback sockets.</summary>
internal static class LocalShow
{
    /// <summary>Runs it.</summary>
    /// <returns>Whether all ranks are as one thread computes them.</returns>
    public static async Task<bool> RunAsync(GraphSettings settings, Graph graph, IRunView view, TextWriter output, CancellationToken cancellation)
    {
        var gauges = new LoadGauges();
        await using LocalCluster cluster = await LocalCluster.StartAsync(
            settings.Nodes,
            options => options.ConfigureWires = wires =>
            {
                NodeSettings.Apply(wires);
                wires.Balancing.Policy = gauges.NewPolicy;
            },
            cancellation);
        var experiment = new Experiment(cluster.Nodes[0].Wires, _ => Task.FromResult(gauges.Loads), graph, settings);
        Outcome outcome = await experiment.RunAsync(view, cancellation);
        outcome.Write(output, graph);
        return outcome.Differing == 0;
    }
}
