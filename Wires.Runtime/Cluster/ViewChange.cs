namespace Wires.Cluster;

/// <summary>A compare-and-set of the view, together with the leases that come and go with it.</summary>
/// <param name="Generation">Has to be the stored one.</param>
/// <param name="ExpectedNumber">Has to be the stored one.</param>
/// <param name="NewNumber">Higher than the expected one.</param>
/// <param name="View">The new document.</param>
/// <param name="Proposer">Has to have a lease, or be among the added.</param>
/// <param name="UnchangedLeases">Have to have these very counters still: a member that was taken for dead has not renewed since.</param>
/// <param name="Removed">Their leases end.</param>
/// <param name="Added">Their leases begin; one that is there already stays as it is.</param>
internal sealed record ViewChange(
    Guid Generation,
    long ExpectedNumber,
    long NewNumber,
    ReadOnlyMemory<byte> View,
    long Proposer,
    IReadOnlyList<LeaseState> UnchangedLeases,
    IReadOnlyList<long> Removed,
    IReadOnlyList<LeaseGrant> Added)
{
    /// <summary>Throws where a change can never be right.</summary>
    public static void Validate(ViewChange change)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(change.ExpectedNumber, nameof(change));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(change.NewNumber, change.ExpectedNumber, nameof(change));
        foreach (LeaseGrant grant in change.Added)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(grant.SeenView, nameof(change));
        }
    }
}
