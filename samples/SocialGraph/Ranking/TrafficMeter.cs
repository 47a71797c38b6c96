namespace SocialGraph.Ranking;

/// <summary>Shares between vertices by time, from what vertices tell of those that have come.</summary>
public sealed class TrafficMeter
{
    /// <summary>Vertices tell every few rounds, and many at once: rates need some seconds to be even.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(5);

    private readonly List<(TimeSpan At, TableStatus Status)> _samples = [];

    /// <summary>Takes in what is known now.</summary>
    public void Add(TimeSpan now, TableStatus status) => _samples.Add((now, status));

    /// <summary>What has come in the last seconds.</summary>
    public Traffic Latest => Between(_samples[^1].At - s_window, _samples[^1].At);

    /// <summary>What has come from one time to another.</summary>
    public Traffic Between(TimeSpan from, TimeSpan to)
    {
        (TimeSpan At, TableStatus Status) first = _samples.FindLast(sample => sample.At <= from);
        (TimeSpan At, TableStatus Status) last = _samples.FindLast(sample => sample.At <= to);
        if (last.Status is null)
        {
            return new Traffic(0, 0, []);
        }

        Dictionary<string, NodeShare> before = (first.Status?.Nodes ?? []).ToDictionary(static node => node.Node);
        double seconds = Math.Max(1e-3, (last.At - first.At).TotalSeconds);
        NodeTraffic[] nodes = [.. last.Status.Nodes.Select(node =>
        {
            NodeShare? old = before.GetValueOrDefault(node.Node);
            return new NodeTraffic(node.Node, node.Vertices, (node.Local - (old?.Local ?? 0)) / seconds, (node.Remote - (old?.Remote ?? 0)) / seconds);
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
    /// <summary>The node that has most to do, against the mean: what vertices do is taking shares.</summary>
    public double Imbalance => PerSecond <= 0 ? 1 : Nodes.Max(static node => node.PerSecond) * Nodes.Count / PerSecond;
}

/// <summary>Shares that vertices of a node have taken, in some time.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Vertices">That are there at the end.</param>
/// <param name="LocalPerSecond">From the same node.</param>
/// <param name="RemotePerSecond">From others.</param>
public sealed record NodeTraffic(string Node, int Vertices, double LocalPerSecond, double RemotePerSecond)
{
    /// <summary>All.</summary>
    public double PerSecond => LocalPerSecond + RemotePerSecond;
}
