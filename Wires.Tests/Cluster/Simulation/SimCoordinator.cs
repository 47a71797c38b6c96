using System.Net;
using Wires.Cluster;
using Wires.Cluster.InMemory;

namespace Wires.Tests.Cluster.Simulation;

/// <summary>A node's way to the coordinator: what is asked may be done late, or done with its answer lost.</summary>
internal sealed class SimCoordinator(SimWorld world, SimNetwork network, SimNode me, InMemoryCoordinatorStore store) : ICoordinator
{
    private readonly InMemoryCoordinator _inner = new(store);

    public event Action? ViewChanged;

    public IPAddress? LocalAddress => null;

    public Task<CoordinatorState> ReadAsync(CancellationToken cancellation) => Ask(() => _inner.ReadAsync(default));

    public Task<bool> TryFoundAsync(Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, LeaseGrant me, CancellationToken cancellation) =>
        Ask(() => _inner.TryFoundAsync(generation, viewNumber, view, secret, me, default), isChange: true);

    public Task<bool> TryChangeViewAsync(ViewChange change, CancellationToken cancellation) => Ask(() => _inner.TryChangeViewAsync(change, default), isChange: true);

    public Task<RenewResult> RenewAsync(Guid generation, long incarnation, long seenView, CancellationToken cancellation) =>
        Ask(() => _inner.RenewAsync(generation, incarnation, seenView, default));

    public Task<RestoreResult> TryRestoreAsync(
        Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, long incarnation, CancellationToken cancellation) =>
        Ask(() => _inner.TryRestoreAsync(generation, viewNumber, view, secret, incarnation, default));

    public Task ClearRestoringAsync(Guid generation, CancellationToken cancellation) => Ask(async () =>
    {
        await _inner.ClearRestoringAsync(generation, default);
        return true;
    });

    public ValueTask DisposeAsync() => default;

    private Task<T> Ask<T>(Func<Task<T>> step, bool isChange = false)
    {
        var answered = new TaskCompletionSource<T>();
        if (!Passes())
        {
            return answered.Task;
        }

        world.After(Delay(), () =>
        {
            Task<T> done = step();
            if (isChange && done is Task<bool> { IsCompletedSuccessfully: true, Result: true })
            {
                Tell();
            }

            if (Passes())
            {
                world.After(Delay(), () => me.Run(() => Complete(answered, done)));
            }
        });
        return answered.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> answered, Task<T> done)
    {
        if (done.Exception?.InnerException is { } exception)
        {
            answered.TrySetException(exception);
        }
        else
        {
            answered.TrySetResult(done.Result);
        }
    }

    private void Tell()
    {
        foreach (SimNode node in network.Nodes.Values)
        {
            if (!network.CutFromCoordinator.Contains(node.Name) && !world.Chance(0.1))
            {
                world.After(world.Between(0.2, 20), () => node.Run(() => node.Coordinator.ViewChanged?.Invoke()));
            }
        }
    }

    private bool Passes() => !network.CutFromCoordinator.Contains(me.Name) && !world.Chance(network.Loss);

    private double Delay() => world.Chance(0.01) ? world.Between(0, 20_000) : world.Between(0.2, 15);
}
