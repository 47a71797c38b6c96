using System.Net;

namespace Wires.Cluster.InMemory;

/// <summary>The coordinator as a node of a <see cref="LocalCluster"/> sees it, which can be cut off from it.</summary>
internal sealed class BlockableCoordinator(ICoordinator inner, LocalLink link) : ICoordinator
{
    public event Action? ViewChanged
    {
        add => inner.ViewChanged += value;
        remove => inner.ViewChanged -= value;
    }

    public IPAddress? LocalAddress => IPAddress.Loopback;

    public Task<CoordinatorState> ReadAsync(CancellationToken cancellation) => Pass().ReadAsync(cancellation);

    public Task<bool> TryFoundAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, LeaseGrant me, CancellationToken cancellation) =>
        Pass().TryFoundAsync(generation, viewNumber, view, secret, me, cancellation);

    public Task<bool> TryChangeViewAsync(ViewChange change, CancellationToken cancellation) => Pass().TryChangeViewAsync(change, cancellation);

    public Task<RenewResult> RenewAsync(Guid generation, long incarnation, long seenView, CancellationToken cancellation) => Pass().RenewAsync(generation, incarnation, seenView, cancellation);

    public Task<RestoreResult> TryRestoreAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, long incarnation, CancellationToken cancellation) =>
        Pass().TryRestoreAsync(generation, viewNumber, view, secret, incarnation, cancellation);

    public Task ClearRestoringAsync(Guid generation, CancellationToken cancellation) => Pass().ClearRestoringAsync(generation, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private ICoordinator Pass() => link.IsCoordinatorAway
        ? throw new CoordinatorUnavailableException($"Node {link.Node?.Name} is cut off from the coordinator, by a test.")
        : inner;
}
