using System.Collections.Immutable;

namespace Wires.Cluster;

/// <summary>Which sets of members a promise may still stem from. Not thread-safe.</summary>
/// <remarks>
/// A, cut off, is extended by B in {A, B, C}. D joins. In {A, B, C, D} the two who have promised nothing, C and D, would be enough to claim A. So a claim needs its
/// acknowledgements in every set of members whose promises may not have ended yet.
/// </remarks>
internal sealed class MemberHistory(long promiseLength)
{
    private readonly List<Entry> _entries = [];
    private long _completeFrom = long.MinValue;

    public void Adopt(View view, long now)
    {
        if (_entries.Count > 0 && _entries[^1].Number >= view.MembersNumber)
        {
            return;
        }

        bool isNext = _entries.Count > 0 && _entries[^1].Number == view.PreviousMembersNumber;
        if (!isNext)
        {
            if (_entries.Count > 0)
            {
                // Sets between were missed, whose promises nobody can be asked for: only time ends them.
                _completeFrom = now + promiseLength;
            }

            _entries.Add(new Entry(view.PreviousMembersNumber, view.PreviousMembers));
        }

        // That members could change again shows that the change before was in force.
        foreach (Entry entry in _entries.SkipLast(1))
        {
            entry.EndedAt ??= now;
        }

        _entries.Add(new Entry(view.MembersNumber, [.. view.Members.Select(static member => member.Incarnation)]));
    }

    /// <summary>The present set is in force: no more leases are extended by a majority of an earlier one.</summary>
    public void InForce(long now)
    {
        foreach (Entry entry in _entries.SkipLast(1))
        {
            entry.EndedAt ??= now;
        }

        _entries.RemoveAll(entry => entry.EndedAt + promiseLength < now);
    }

    /// <summary>Whether these members are enough, in each set that counts, that no majority is left without them.</summary>
    public bool SufficesToClaim(IReadOnlySet<long> acknowledged, long now) =>
        now >= _completeFrom && _entries.TrueForAll(entry => entry.Members.Count(acknowledged.Contains) >= Quorum.ToReplace(entry.Members.Length));

    private sealed class Entry(long number, ImmutableArray<long> members)
    {
        public long Number { get; } = number;

        public ImmutableArray<long> Members { get; } = members;

        public long? EndedAt { get; set; }
    }
}
