using System.Collections.Immutable;

namespace Wires.Cluster;

/// <summary>Who is in the cluster, and who owns which slot: the one document whose compare-and-set makes every transition atomic.</summary>
/// <remarks>
/// Promises among members name the <see cref="MembersNumber"/>, not the <see cref="Number"/>: only who is a member decides what a majority is, so hand-overs of slots neither wait for
/// acknowledgements nor end promises.
/// </remarks>
internal sealed partial class View
{
    private readonly long[] _owners;
    private readonly uint[] _epochs;

    private View(long[] owners, uint[] epochs)
    {
        _owners = owners;
        _epochs = epochs;
    }

    public required Guid Generation { get; init; }

    /// <summary>
    /// Higher with every change, by a random step: of two successors to one view, the earlier of which the coordinator has lost again, one is higher, and everyone goes on from that.
    /// </summary>
    public required long Number { get; init; }

    public required ImmutableArray<Member> Members { get; init; }

    /// <summary>The number of the view in which the set of members last changed.</summary>
    public required long MembersNumber { get; init; }

    /// <summary>The members before that change: their having seen it puts it in force.</summary>
    public required ImmutableArray<long> PreviousMembers { get; init; }

    /// <summary>The <see cref="MembersNumber"/> before that change.</summary>
    public required long PreviousMembersNumber { get; init; }

    /// <summary>How many of <see cref="PreviousMembers"/> have to have seen this view before members may change again, so that no majority of them is left that has not.</summary>
    public required int AcknowledgementsNeeded { get; init; }

    /// <summary>0 if nobody owns it, which is so only while there is no member to own it.</summary>
    public long OwnerOf(int slot) => _owners[slot];

    public uint EpochOf(int slot) => _epochs[slot];

    public Member? Find(long incarnation)
    {
        foreach (Member member in Members)
        {
            if (member.Incarnation == incarnation)
            {
                return member;
            }
        }

        return null;
    }

    public bool Contains(long incarnation) => Find(incarnation) is not null;

    /// <summary>The first view of a cluster: all is the founder's.</summary>
    public static View Found(Guid generation, Member founder)
    {
        var owners = new long[Slots.Count];
        var epochs = new uint[Slots.Count];
        Array.Fill(owners, founder.Incarnation);
        Array.Fill(epochs, 1u);
        return new View(owners, epochs)
        {
            Generation = generation,
            Number = 1,
            Members = [founder],
            MembersNumber = 1,
            PreviousMembers = [],
            PreviousMembersNumber = 0,
            AcknowledgementsNeeded = 0,
        };
    }

    /// <summary>A member more. Slots come to it by hand-over, but for those that nobody owns.</summary>
    public View WithMember(Member member, int step) => WithMembers(Members.Add(member), left: 0, step);

    /// <summary>Members fewer; their slots go to the rest, with higher epochs.</summary>
    public View Without(IReadOnlyCollection<long> dead, int step) =>
        WithMembers(Members.RemoveAll(member => dead.Contains(member.Incarnation)), left: 0, step);

    /// <summary>A member fewer that has itself asked for it, and is silent.</summary>
    public View WithoutLeaver(long leaver, int step) => WithMembers(Members.RemoveAll(member => member.Incarnation == leaver), left: 1, step);

    /// <summary>The member gets no more slots.</summary>
    public View WithLeaving(long incarnation, int step) =>
        Next(_owners, _epochs, [.. Members.Select(member => member.Incarnation == incarnation ? member with { IsLeaving = true } : member)], step);

    /// <summary>Slots with other owners, or with the same and another epoch.</summary>
    public View WithSlots(IEnumerable<(int Slot, long Owner, uint Epoch)> changes, int step)
    {
        var owners = (long[])_owners.Clone();
        var epochs = (uint[])_epochs.Clone();
        foreach ((int slot, long owner, uint epoch) in changes)
        {
            (owners[slot], epochs[slot]) = (owner, epoch);
        }

        return Next(owners, epochs, Members, step);
    }

    private View Next(long[] owners, uint[] epochs, ImmutableArray<Member> members, int step) => new(owners, epochs)
    {
        Generation = Generation,
        Number = Number + step,
        Members = members,
        MembersNumber = MembersNumber,
        PreviousMembers = PreviousMembers,
        PreviousMembersNumber = PreviousMembersNumber,
        AcknowledgementsNeeded = AcknowledgementsNeeded,
    };

    private View WithMembers(ImmutableArray<Member> members, int left, int step)
    {
        var owners = (long[])_owners.Clone();
        var epochs = (uint[])_epochs.Clone();
        for (int slot = 0; slot < Slots.Count; slot++)
        {
            if (!members.Any(member => member.Incarnation == owners[slot]))
            {
                // A leaving member is better than none: with nobody else there it keeps what it has.
                owners[slot] = (Slots.OwnerOf(slot, members) ?? (members.IsEmpty ? null : members[0]))?.Incarnation ?? 0;
                epochs[slot]++;
            }
        }

        // Who left is silent and promises nothing any more, so it counts as having seen that it left.
        return new View(owners, epochs)
        {
            Generation = Generation,
            Number = Number + step,
            Members = members,
            MembersNumber = Number + step,
            PreviousMembers = [.. Members.Select(static member => member.Incarnation)],
            PreviousMembersNumber = MembersNumber,
            AcknowledgementsNeeded = Math.Max(0, Quorum.ToReplace(Members.Length) - left),
        };
    }
}
