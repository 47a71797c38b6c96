using Wires.Cluster;

namespace Wires.Tests.Cluster;

/// <summary>A coordinator's memory, the ways to it, and what may happen to it.</summary>
internal abstract class CoordinatorWorld : IAsyncDisposable
{
    private readonly List<ICoordinator> _connected = [];

    /// <summary>How long a call waits for its answer here.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>A node's own way to the coordinator.</summary>
    public ICoordinator Connect()
    {
        ICoordinator coordinator = Make();
        lock (_connected)
        {
            _connected.Add(coordinator);
        }

        return coordinator;
    }

    /// <summary>Nobody gets an answer from now on.</summary>
    public abstract Task GoAway();

    /// <summary>It answers again, with all that it held; the server may be another.</summary>
    public abstract Task ComeBack();

    /// <summary>It loses everything.</summary>
    public abstract Task LoseAll();

    /// <summary>Another server takes over, with the same data.</summary>
    public abstract Task ChangeServer();

    public async ValueTask DisposeAsync()
    {
        foreach (ICoordinator coordinator in _connected)
        {
            await coordinator.DisposeAsync();
        }

        await End();
    }

    protected abstract ICoordinator Make();

    protected virtual ValueTask End() => ValueTask.CompletedTask;
}
