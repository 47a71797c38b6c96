using System.Globalization;
using Wires.Balancing;

namespace RayTracer.Nodes;

/// <summary>What has happened to the cluster, in lines of text; decisions to move many wires for one reason are one line.</summary>
internal sealed class EventLog
{
    private readonly List<string> _lines = [];
    private readonly Dictionary<(string From, string To, BalancingReason Reason), (BalancingDecision First, int Count)> _decisions = [];
    private readonly Lock _lock = new();

    /// <summary>Something has happened.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            Flush_NeedsLock();
            _lines.Add(line);
        }
    }

    /// <summary>A node has decided to move a wire: for <see cref="BalancingOptions.OnDecision"/>.</summary>
    public void Decided(BalancingDecision decision)
    {
        lock (_lock)
        {
            var what = (decision.From, decision.To, decision.Reason);
            (BalancingDecision first, int count) = _decisions.GetValueOrDefault(what, (decision, 0));
            _decisions[what] = (first, count + 1);
        }
    }

    /// <summary>What has happened so far.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            Flush_NeedsLock();
            return [.. _lines];
        }
    }

    private void Flush_NeedsLock()
    {
        foreach (((string from, string to, BalancingReason reason), (BalancingDecision first, int count)) in _decisions)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{from} sends {count} to {to} ({reason}: {first.LocalLoad:F1} here, {first.RemoteLoad:F1} there)"));
        }

        _decisions.Clear();
    }
}
