using RayTracer.Rendering;

namespace RayTracer.View;

/// <summary>How busy nodes are, from what tiles tell of their slices: it needs to know nothing of who spreads them, or how.</summary>
internal sealed class NodeMeter
{
    // Reports come in bursts; this evens them out over about a second.
    private const double Smoothing = 1.0;

    private readonly Dictionary<string, (TimeSpan Busy, double Load)> _nodes = [];
    private TimeSpan _last;

    /// <summary>Takes in what is known now.</summary>
    /// <returns>The load of each node that has rendered; 1 is all that it can do.</returns>
    public IReadOnlyDictionary<string, double> Update(IReadOnlyList<NodeShare> nodes, TimeSpan now)
    {
        double seconds = (now - _last).TotalSeconds;
        _last = now;
        double weight = 1 - Math.Exp(-seconds / Smoothing);
        foreach (NodeShare node in nodes)
        {
            (TimeSpan busy, double load) = _nodes.GetValueOrDefault(node.Node);
            double measured = seconds <= 0 ? load : (node.Busy - busy).TotalSeconds / (seconds * node.Speed);
            _nodes[node.Node] = (node.Busy, load + ((Math.Clamp(measured, 0, 1) - load) * weight));
        }

        return _nodes.ToDictionary(static node => node.Key, static node => node.Value.Load);
    }
}
