using Wires.Balancing;

namespace Wires.Simulator;

/// <summary>All scenarios.</summary>
internal static class Scenarios
{
    /// <summary>Load of a node when all is even.</summary>
    private const double EvenLoad = 0.6;

    private const double Capacity = 4;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("all-on-one", "all wires are born on one node", static run => Fill(run, static (_, _) => 0)),
        new("random", "wires of very different load, placed at random", static run => Fill(run, static (r, _) => r.Cluster.World.Random.Next(r.Nodes), isSkewed: true)),
        new("slow-node", "one node is five times slower", static run => Fill(run, static (r, i) => i % r.Nodes, slow: true)),
        new("join", "a node joins an even cluster at 20 s", Join) { Disturbed = TimeSpan.FromSeconds(20) },
        new("leave", "a node is drained at 20 s", Leave) { Disturbed = TimeSpan.FromSeconds(20) },
        new("oscillating", "half of the wires work in turns with the other half, 10 s each", Oscillate) { IsUnsteady = true },
        new("hot-wire", "at 20 s one wire gets work that fills a node", Hot) { Disturbed = TimeSpan.FromSeconds(20) },
        new("communities", "wires talk in communities and start at random", Communities) { Limit = 1.15, Duration = TimeSpan.FromSeconds(240) },
        new("graph", "a wire per vertex of an edge-list file, from hash placement", GraphFile) { Limit = 1.15, Duration = TimeSpan.FromSeconds(180) },
    ];

    private static int WiresPerNode(int nodes) => nodes switch { <= 32 => 100, <= 256 => 40, _ => 20 };

    private static double? Fill(ScenarioRun run, Func<ScenarioRun, int, int> placeOf, bool isSkewed = false, bool slow = false, double capacity = Capacity)
    {
        SimCluster cluster = run.Cluster;
        for (int i = 0; i < run.Nodes; i++)
        {
            cluster.AddNode(slow && i == 0 ? capacity / 5 : capacity);
        }

        int count = run.Nodes * WiresPerNode(run.Nodes);
        double mean = EvenLoad * cluster.Nodes.Sum(static node => node.Capacity) / count;
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => isSkewed ? Math.Pow(1 - cluster.World.Random.NextDouble(), -0.6) : cluster.World.Between(0.5, 1.5))];
        double sum = weights.Sum();
        for (int i = 0; i < count; i++)
        {
            // No wire can use more than one processor.
            double demand = Math.Min(0.95, mean * weights[i] * count / sum);
            cluster.AddWire(cluster.Nodes[placeOf(run, i)], demand, cluster.World.Between(0.0002, 0.001), (long)Math.Pow(2, cluster.World.Between(10, 18)));
        }

        return null;
    }

    private static double? Join(ScenarioRun run)
    {
        Fill(run, static (r, i) => i % r.Nodes);
        run.Cluster.World.At(TimeSpan.FromSeconds(20), () => run.Cluster.AddNode(Capacity));
        return null;
    }

    private static double? Leave(ScenarioRun run)
    {
        Fill(run, static (r, i) => i % r.Nodes);
        run.Cluster.World.At(TimeSpan.FromSeconds(20), () => run.Cluster.Nodes[0].Balancer.State = NodeState.Draining);
        return null;
    }

    // Nodes are even on the mean of 20 s, and uneven by up to a third in each half: wires of either half sit where their hash puts them.
    private static double? Oscillate(ScenarioRun run)
    {
        Fill(run, static (r, _) => r.Cluster.World.Random.Next(r.Nodes));
        double[] demands = [.. run.Cluster.Wires.Select(static wire => wire.Demand)];
        Switch(isOdd: false);
        return null;

        void Switch(bool isOdd)
        {
            for (int i = 0; i < demands.Length; i++)
            {
                run.Cluster.Wires[i].Demand = demands[i] * (i % 2 == 1 == isOdd ? 1.6 : 0.4);
            }

            run.Cluster.World.After(TimeSpan.FromSeconds(10), () => Switch(!isOdd));
        }
    }

    // Nodes of one processor, as one wire cannot use more.
    private static double? Hot(ScenarioRun run)
    {
        Fill(run, static (r, i) => i % r.Nodes, capacity: 1);
        run.Cluster.World.At(TimeSpan.FromSeconds(20), () => run.Cluster.Wires[0].Demand = 0.95);
        return null;
    }

    private static double? Communities(ScenarioRun run)
    {
        int communities = run.Nodes * 8;
        int count = run.Nodes * Math.Min(400, 4 * WiresPerNode(run.Nodes));
        run.Cluster.Graph = CommunicationGraph.Planted(count, communities, degree: 12, outside: 0.05, run.Cluster.World.Random);
        Talk(run, 10, static (r, _) => r.Cluster.World.Random.Next(r.Nodes));
        return run.Cluster.Graph.RemoteShare(vertex => vertex % communities % run.Nodes);
    }

    private static double? GraphFile(ScenarioRun run)
    {
        using var reader = new StreamReader(run.GraphFile ?? throw new ArgumentException("The graph scenario needs an edge-list file: --graph FILE."));
        run.Cluster.Graph = CommunicationGraph.Read(reader);
        Talk(run, 4, static (_, i) => 0);
        return null;
    }

    // The load of a wire is that of its messages.
    private static void Talk(ScenarioRun run, double edgeRate, Func<ScenarioRun, int, int> placeOf)
    {
        SimCluster cluster = run.Cluster;
        CommunicationGraph graph = cluster.Graph!;
        cluster.EdgeRate = edgeRate;
        for (int i = 0; i < run.Nodes; i++)
        {
            cluster.AddNode(Capacity);
        }

        double workPerEdge = EvenLoad * Capacity * run.Nodes / (2.0 * graph.Edges);
        for (int i = 0; i < graph.Vertices; i++)
        {
            int place = run.GraphFile is null ? placeOf(run, i) : (int)(WireFingerprint.Of(new WireId("Sim", new WireKey(i))) % (ulong)run.Nodes);
            int degree = graph.Of(i).Length;
            cluster.AddWire(cluster.Nodes[place], workPerEdge * degree, Math.Max(1e-6, workPerEdge / edgeRate), (long)Math.Pow(2, cluster.World.Between(10, 14)));
        }
    }
}
