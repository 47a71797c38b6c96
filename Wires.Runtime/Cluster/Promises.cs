namespace Wires.Cluster;

/// <summary>What this member has promised to others. Not thread-safe.</summary>
/// <remarks>
/// An extension and a claim of the same member exclude each other: each needs so many members that one of them is asked for both, and that one keeps its word.
/// </remarks>
internal sealed class Promises(long leaseLength)
{
    private readonly Dictionary<long, long> _extendedUntil = [];
    private readonly Dictionary<long, (long Counter, string Server)> _acknowledged = [];

    /// <summary>Promises, for the length of a lease from now, to let nobody claim what the asker owns. That is later than the asker's own count, which starts before it asks.</summary>
    public bool TryExtend(long asker, long now)
    {
        if (_acknowledged.ContainsKey(asker))
        {
            return false;
        }

        _extendedUntil[asker] = now + leaseLength;
        return true;
    }

    /// <summary>Promises not to extend the target before the claim can no longer succeed.</summary>
    /// <remarks>Not for a time only: the claim may be on its way to the coordinator for longer than any time.</remarks>
    public bool TryAcknowledge(long target, long counter, string server, long now)
    {
        if (_extendedUntil.GetValueOrDefault(target, long.MinValue) > now)
        {
            return false;
        }

        _acknowledged[target] = (counter, server);
        return true;
    }

    /// <summary>A claim fails once its target has renewed, or once the coordinator is another.</summary>
    public void Saw(LeaseState lease, string server)
    {
        if (_acknowledged.TryGetValue(lease.Incarnation, out (long Counter, string Server) claim) && (lease.Counter > claim.Counter || server != claim.Server))
        {
            _acknowledged.Remove(lease.Incarnation);
        }
    }

    /// <summary>A claim fails once there is a later view. Extensions go on: they bind in later views too.</summary>
    public void MembersChanged(long now)
    {
        _acknowledged.Clear();
        foreach ((long asker, long until) in _extendedUntil)
        {
            if (until <= now)
            {
                _extendedUntil.Remove(asker);
            }
        }
    }
}
