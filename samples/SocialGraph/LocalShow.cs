using SocialGraph.Graphs;
using SocialGraph.View;
using Wires;

namespace SocialGraph;

/// <summary>A cluster of nodes in this process, over loopback sockets.</summary>
internal static class LocalShow
{
    // Vertices send their shares to a neighbour at once: two rounds of the one with most neighbours have to find room.
    private const int LeastCapacity = 10_000;

    /// <summary>Runs it.</summary>
    /// <returns>Whether all ranks are as one thread computes them.</returns>
    public static async Task<bool> RunAsync(GraphSettings settings, Graph graph, IRunView view, TextWriter output, CancellationToken cancellation)
    {
        await using LocalCluster cluster = await LocalCluster.StartAsync(settings.Nodes, options => options.ConfigureWires = wires => Configure(wires, graph), cancellation);
        Outcome outcome = await new Experiment(cluster.Nodes[0].Wires, graph, settings).RunAsync(view, cancellation);
        outcome.Write(output, graph);
        return outcome.Differing == 0;
    }

    /// <summary>What a node needs for a graph.</summary>
    public static void Configure(WiresOptions wires, Graph? graph)
    {
        wires.MailboxCapacity = Math.Max(LeastCapacity, 4 * (graph?.MaxDegree ?? 0));

        // Nodes share this machine's processors, so a turn can be kept waiting half-way by those of other nodes: that is not its greed.
        wires.GreedyTurn = TimeSpan.FromMilliseconds(200);
    }
}
