using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>What this node has seen of others' leases, on its own clock. Not thread-safe.</summary>
internal sealed class Sightings(long leaseLength, long margin, long maxOutage)
{
    private readonly Dictionary<long, Sighting> _sightings = [];
    private long _lastRead = long.MinValue;
    private long _lastStart;

    /// <summary>The coordinator's server when it was last read.</summary>
    public string? Server { get; private set; }

    /// <summary>Whether the coordinator may have lost something that not all members have yet had the time to put back.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Takes in what was read between the two times.</summary>
    public void Observe(CoordinatorState state, View view, long start, long now)
    {
        if (Server != state.ServerId || (state.IsRestoring && !IsUnsettled))
        {
            // Counters may have gone back, and what was seen of them says nothing any more.
            IsUnsettled = Server is not null || state.IsRestoring;
            Server = state.ServerId;
            _sightings.Clear();
        }

        // Who could not look does not know who was silent: everyone may have been, together with the coordinator.
        bool hasGap = _lastRead != long.MinValue && start - _lastRead > leaseLength / 2;
        (_lastStart, _lastRead) = (start, now);
        var leases = state.Leases.ToDictionary(static lease => lease.Incarnation);
        var known = view.Members.Select(static member => member.Incarnation).Union(view.PreviousMembers).ToHashSet();
        foreach (long gone in _sightings.Keys.Where(incarnation => !known.Contains(incarnation)).ToList())
        {
            _sightings.Remove(gone);
        }

        foreach (long incarnation in known)
        {
            LeaseState lease = leases.GetValueOrDefault(incarnation, new LeaseState(incarnation, -1, -1));
            bool isKnown = _sightings.TryGetValue(incarnation, out Sighting sighting);
            bool hasRenewed = isKnown && lease.Counter != sighting.Lease.Counter && lease.Counter >= 0;
            bool isNews = !isKnown || lease.Counter != sighting.Lease.Counter;
            _sightings[incarnation] = new Sighting(
                lease,
                SilentSince: isNews ? now : sighting.SilentSince,
                WatchedSince: isNews || hasGap ? now : sighting.WatchedSince,
                HasRenewed: hasRenewed || sighting.HasRenewed);
        }
    }

    /// <summary>All are there again, or can no longer be: goes on as before the loss.</summary>
    public bool TrySettle(CoordinatorState state, View view)
    {
        if (!view.Members.All(member => _sightings.TryGetValue(member.Incarnation, out Sighting seen) && (seen.HasRenewed || IsSilentForGood(member.Incarnation))))
        {
            return false;
        }

        IsUnsettled = state.IsRestoring;
        return true;
    }

    /// <summary>Whether its lease has ended for sure, if no peers have extended it. Gives the lease that must not have changed.</summary>
    public bool HasEnded(long incarnation, out LeaseState lease)
    {
        bool isSeen = _sightings.TryGetValue(incarnation, out Sighting sighting);
        lease = sighting.Lease;
        return isSeen && _lastStart - sighting.WatchedSince >= leaseLength + margin;
    }

    /// <summary>When the next lease that has not ended yet will have, if nothing changes.</summary>
    public long NextEnd()
    {
        long next = long.MaxValue;
        foreach (Sighting sighting in _sightings.Values)
        {
            long end = sighting.WatchedSince + leaseLength + margin;
            if (end > _lastStart && end < next)
            {
                next = end;
            }
        }

        return next;
    }

    /// <summary>Whether no peers can have it extended any longer.</summary>
    public bool IsSilentForGood(long incarnation) =>
        _sightings.TryGetValue(incarnation, out Sighting sighting) && _lastStart - sighting.SilentSince >= maxOutage + (2 * margin);

    /// <summary>Whether so many of the members before have seen this view that no majority of them is left that has not, and could still extend a lease.</summary>
    public bool IsInForce(View view) =>
        view.PreviousMembers.Count(incarnation =>
            _sightings.TryGetValue(incarnation, out Sighting seen) && (seen.Lease.SeenView >= view.MembersNumber || IsSilentForGood(incarnation)))
        >= view.AcknowledgementsNeeded;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sighting(LeaseState Lease, long SilentSince, long WatchedSince, bool HasRenewed);
}
