using Wires.Balancing;

namespace Wires.Simulator;

/// <summary>A scenario while it runs, and what is measured in it.</summary>
internal sealed class ScenarioRun
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(0.25);

    // A balance that does not hold is none.
    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(5);

    private readonly List<(TimeSpan At, double Imbalance, long Moves, double Remote)> _looks = [];

    private ScenarioRun(int nodes, int seed, string? graphFile, BalancingOptions? options)
    {
        Nodes = nodes;
        GraphFile = graphFile;
        Cluster = new SimCluster(seed, options);
    }

    public int Nodes { get; }

    public string? GraphFile { get; }

    public SimCluster Cluster { get; }

    public static Result Run(Scenario scenario, int nodes, int seed, string? graphFile = null, BalancingOptions? options = null, Action<BalancingDecision>? onDecision = null, Action<ScenarioRun>? trace = null)
    {
        var run = new ScenarioRun(nodes, seed, graphFile, options);
        SimCluster cluster = run.Cluster;
        cluster.OnDecision = onDecision;
        double? best = scenario.Build(run);
        for (TimeSpan at = TimeSpan.Zero; at <= scenario.Duration; at += s_look)
        {
            cluster.Run(at);
            run._looks.Add((at, cluster.Imbalance(), cluster.Moves, cluster.RemoteShare()));
            trace?.Invoke(run);
        }

        return run.Measure(scenario, best);
    }

    /// <summary>Share of messages between nodes now, and how uneven they are.</summary>
    public (TimeSpan At, double Imbalance, long Moves, double Remote) Latest => _looks[^1];

    private Result Measure(Scenario scenario, double? best)
    {
        TimeSpan end = scenario.Duration;
        return new Result
        {
            Scenario = scenario.Name,
            Nodes = Nodes,
            Wires = Cluster.Wires.Count,
            Balanced = BalancedAt(scenario),
            Imbalance = _looks.Where(look => look.At >= end - TimeSpan.FromSeconds(10)).Max(static look => look.Imbalance),
            LeastImbalance = Cluster.LeastImbalance(),
            Moves = Cluster.Moves,
            BytesMoved = Cluster.BytesMoved,
            MovesInLastMinute = Cluster.Moves - _looks.Last(look => look.At <= end - TimeSpan.FromSeconds(60)).Moves,
            RemoteBefore = Cluster.Graph is null ? null : _looks[0].Remote,
            RemoteAfter = Cluster.Graph is null ? null : _looks[^1].Remote,
            RemoteAt60 = Cluster.Graph is null ? null : _looks.Last(static look => look.At <= TimeSpan.FromSeconds(60)).Remote,
            RemoteBest = best,
            IsUnsteady = scenario.IsUnsteady,
        };
    }

    private TimeSpan? BalancedAt(Scenario scenario)
    {
        double limit = Math.Max(scenario.Limit, Cluster.LeastImbalance() * 1.02);
        TimeSpan? since = null;
        foreach ((TimeSpan at, double imbalance, _, _) in _looks)
        {
            if (at < scenario.Disturbed)
            {
                continue;
            }

            since = imbalance > limit ? null : since ?? at;
            if (since is { } start && at - start >= s_held)
            {
                return start - scenario.Disturbed;
            }
        }

        return null;
    }
}
