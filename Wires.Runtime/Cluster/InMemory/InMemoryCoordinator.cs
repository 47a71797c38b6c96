using System.Net;

namespace Wires.Cluster.InMemory;

/// <summary>One node's way to a store that it shares with the other nodes of its process.</summary>
internal sealed class InMemoryCoordinator : ICoordinator
{
    private readonly InMemoryCoordinatorStore _store;
    private volatile string? _readFrom;
    private volatile bool _isDisposed;

    public InMemoryCoordinator(InMemoryCoordinatorStore store)
    {
        _store = store;
        store.ViewChanged += OnViewChanged;
    }

    /// <inheritdoc/>
    public event Action? ViewChanged;

    /// <inheritdoc/>
    public IPAddress? LocalAddress => null;

    /// <inheritdoc/>
    public Task<CoordinatorState> ReadAsync(CancellationToken cancellation) => Run(
        static (me, _) =>
        {
            CoordinatorState state = me._store.Read();
            me._readFrom = state.ServerId;
            return state;
        },
        0,
        cancellation);

    /// <inheritdoc/>
    public Task<bool> TryFoundAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, LeaseGrant me, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(viewNumber);
        ArgumentOutOfRangeException.ThrowIfNegative(generation.FoundedAt, nameof(generation));
        ArgumentOutOfRangeException.ThrowIfNegative(me.SeenView, nameof(me));
        return Run(
            static (self, a) => self._store.TryFound(a.generation, a.viewNumber, a.view.ToArray(), a.secret, a.me),
            (generation, viewNumber, view, secret, me),
            cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> TryChangeViewAsync(ViewChange change, CancellationToken cancellation)
    {
        ViewChange.Validate(change);
        return Run(static (self, change) => self._store.TryChangeView(change, self._readFrom), change, cancellation);
    }

    /// <inheritdoc/>
    public Task<RenewResult> RenewAsync(Guid generation, long incarnation, long seenView, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seenView);
        return Run(static (self, a) => self._store.Renew(a.generation, a.incarnation, a.seenView), (generation, incarnation, seenView), cancellation);
    }

    /// <inheritdoc/>
    public Task<RestoreResult> TryRestoreAsync(
        Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, long incarnation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(viewNumber);
        ArgumentOutOfRangeException.ThrowIfNegative(generation.FoundedAt, nameof(generation));
        return Run(
            static (self, a) => self._store.TryRestore(a.generation, a.viewNumber, a.view.ToArray(), a.secret, a.incarnation),
            (generation, viewNumber, view, secret, incarnation),
            cancellation);
    }

    /// <inheritdoc/>
    public Task ClearRestoringAsync(Guid generation, CancellationToken cancellation) => Run(
        static (self, generation) =>
        {
            self._store.ClearRestoring(generation);
            return true;
        },
        generation,
        cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _store.ViewChanged -= OnViewChanged;
        return ValueTask.CompletedTask;
    }

    // Failures come out of the task, as they do with a coordinator that is far away.
    private Task<TResult> Run<TArguments, TResult>(Func<InMemoryCoordinator, TArguments, TResult> step, TArguments arguments, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellation);
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            return Task.FromResult(step(this, arguments));
        }
        catch (CoordinatorUnavailableException e)
        {
            return Task.FromException<TResult>(e);
        }
    }

    private void OnViewChanged() => ViewChanged?.Invoke();
}
