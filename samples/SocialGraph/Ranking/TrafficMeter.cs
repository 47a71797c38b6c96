namespace SocialGraph.Ranking;

/// <summary>Shares between vertices by time, from what vertices tell of those that have come, and the nodes' loads.</summary>
public sealed class TrafficMeter
{
    /// <summary>Vertices tell every few rounds, and many at once: rates need some seconds to be even.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    private readonly List<(TimeSpan At, TableStatus Status, IReadOnlyDictionary<string, double> Loads)> _samples = [];

    /// <summary>Takes in what is known now.</summary>
    /// <param name="now">The time since any fixed start.</param>
    /// <param name="status">What vertices have told.</param>
    /// <param name="loads">By the name of the node; 1 is all of its processors.</param>
    public void Add(TimeSpan now, TableStatus status, IReadOnlyDictionary<string, double> loads) => _samples.Add((now, status, new Dictionary<string, double>(loads)));

    /// <summary>What has come in the last seconds.</summary>
    public Traffic Latest => Between(_samples[^1].At - s_window, _samples[^1].At);

    /// <summary>What has come from one time to another.</summary>
    public Traffic Between(TimeSpan from, TimeSpan to)
    {
        int first = _samples.FindLastIndex(sample => sample.At <= from);
        int last = _samples.FindLastIndex(sample => sample.At <= to);
        if (last < 0)
        {
            return new Traffic(0, 0, []);
        }

        TableStatus status = _samples[last].Status;
        Dictionary<string, NodeShare> before = first < 0 ? [] : _samples[first].Status.Nodes.ToDictionary(static node => node.Node);
        double seconds = Math.Max(1e-3, (_samples[last].At - (first < 0 ? TimeSpan.Zero : _samples[first].At)).TotalSeconds);
        NodeTraffic[] nodes = [.. status.Nodes.Select(node =>
        {
            NodeShare? old = before.GetValueOrDefault(node.Node);
            double load = _samples[(first + 1)..(last + 1)].Select(sample => sample.Loads.GetValueOrDefault(node.Node)).DefaultIfEmpty().Average();
            return new NodeTraffic(node.Node, node.Vertices, (node.Local - (old?.Local ?? 0)) / seconds, (node.Remote - (old?.Remote ?? 0)) / seconds, load);
        })];
        double all = nodes.Sum(static node => node.PerSecond);
        return new Traffic(all, all <= 0 ? 0 : nodes.Sum(static node => node.RemotePerSecond) / all, nodes);
    }
}

/// <summary>Shares that vertices have taken, in some time.</summary>
/// <param name="PerSecond">How many.</param>
/// <param name="Remote">How much of them came from another node.</param>
/// <param name="Nodes">By the node that they came to.</param>
public sealed record Traffic(double PerSecond, double Remote, IReadOnlyList<NodeTraffic> Nodes)
{
    /// <summary>The most loaded node, against the mean.</summary>
    public double LoadImbalance => Imbalance(static node => node.Load);

    /// <summary>The node that most shares come to, against the mean.</summary>
    public double MessageImbalance => Imbalance(static node => node.PerSecond);

    private double Imbalance(Func<NodeTraffic, double> of) => Nodes.Sum(of) is > 0 and var sum ? Nodes.Max(of) * Nodes.Count / sum : 1;
}

/// <summary>Shares that vertices of a node have taken, in some time.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Vertices">That are there at the end.</param>
/// <param name="LocalPerSecond">From the same node.</param>
/// <param name="RemotePerSecond">From others.</param>
/// <param name="Load">1 is all of its processors.</param>
public sealed record NodeTraffic(string Node, int Vertices, double LocalPerSecond, double RemotePerSecond, double Load)
{
    /// <summary>All.</summary>
    public double PerSecond => LocalPerSecond + RemotePerSecond;
}
