using System.Net;

namespace Wires.Cluster;

/// <summary>The cluster's shared memory. Linearizable. It holds opaque view documents; what is in them is the nodes' business.</summary>
/// <remarks>
/// Every method throws <see cref="CoordinatorUnavailableException"/> when the coordinator does not answer. What was asked may then still have happened, or happen later:
/// read again before relying on either. Numbers of views and times of founding are never negative.
/// </remarks>
internal interface ICoordinator : IAsyncDisposable
{
    /// <summary>
    /// Told that the view has changed, or may have. On any thread; best effort: messages are lost while the coordinator is away, so renewals, which carry the number, are the truth.
    /// </summary>
    event Action? ViewChanged;

    /// <summary>The local address that the coordinator's connection uses, so that other machines reach this one by it. Null in memory, and before the first answer.</summary>
    IPAddress? LocalAddress { get; }

    /// <summary>Reads all in one atomic step.</summary>
    Task<CoordinatorState> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// Founds a cluster where there is none: stores the generation and its first view, if and only if no generation is stored. Stores the secret if none is there, and gives
    /// <paramref name="me"/> its lease. A generation whose <see cref="Generation.FoundedAt"/> is 0 is given the coordinator's time.
    /// </summary>
    Task<bool> TryFoundAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, LeaseGrant me, CancellationToken cancellation);

    /// <summary>
    /// Replaces the view: only if the generation is the stored one, the stored number is the expected one, the proposer has a lease or is being added, and each of the unchanged leases
    /// still has exactly the given counter. In the same step leases of removed members are deleted and those of added ones created.
    /// </summary>
    /// <remarks>Also refused while the coordinator's server is another than the one that this object's last <see cref="ReadAsync"/> saw: what the change is based on may be lost there.</remarks>
    Task<bool> TryChangeViewAsync(ViewChange change, CancellationToken cancellation);

    /// <summary>Renews a lease: its counter goes up by one. Only in the stored generation, and only a lease that is there: a renewal never recreates one that has ended.</summary>
    Task<RenewResult> RenewAsync(Guid generation, long incarnation, long seenView, CancellationToken cancellation);

    /// <summary>
    /// Puts back what the coordinator has lost, and gives this node its lease: if nothing is stored, or a lower view of the same generation, or a younger generation, all of which is then
    /// deleted first. All other leases end with that; <see cref="CoordinatorState.IsRestoring"/> is set, and as long as it is, members that know the same view get their lease back by the same call.
    /// </summary>
    Task<RestoreResult> TryRestoreAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, long incarnation, CancellationToken cancellation);

    /// <summary>Ends the time in which members get their lost leases back.</summary>
    Task ClearRestoringAsync(Guid generation, CancellationToken cancellation);
}
