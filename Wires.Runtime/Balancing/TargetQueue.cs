namespace Wires.Balancing;

/// <summary>The nodes that wires may go to, least loaded first, while a round puts more and more on them.</summary>
internal sealed class TargetQueue(IEnumerable<NodeLoad> nodes, int most)
{
    private readonly PriorityQueue<NodeLoad, double> _queue = new(nodes.Select(static node => (node, node.Exported)));
    private readonly List<NodeLoad> _near = [];

    /// <summary>One of the nodes whose loads are near the least, at random: nodes that all see the same least one must not all choose it.</summary>
    /// <param name="tolerance">What is near.</param>
    /// <param name="random">Picks.</param>
    /// <param name="near">From how many it was picked.</param>
    public NodeLoad? Pick(double tolerance, Random random, out int near)
    {
        while (_near.Count < most && _queue.TryPeek(out NodeLoad? next, out double load) && (_near.Count == 0 || load <= Least() + tolerance))
        {
            _queue.Dequeue();
            _near.Add(next);
        }

        // Those that have been filled above the tolerance go back.
        double limit = Least() + tolerance;
        for (int i = _near.Count - 1; i >= 0; i--)
        {
            if (_near[i].Exported > limit)
            {
                _queue.Enqueue(_near[i], _near[i].Exported);
                _near.RemoveAt(i);
            }
        }

        near = _near.Count;
        return near == 0 ? null : _near[random.Next(near)];
    }

    /// <summary>Nothing fits there.</summary>
    public void Remove(NodeLoad node) => _near.Remove(node);

    private double Least()
    {
        double least = _queue.TryPeek(out _, out double queued) ? queued : double.PositiveInfinity;
        foreach (NodeLoad node in _near)
        {
            least = Math.Min(least, node.Exported);
        }

        return least;
    }
}
