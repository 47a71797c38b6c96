using Wires.Cluster;
using Wires.Cluster.InMemory;

namespace Wires.Tests.Cluster;

/// <summary>An embedded coordinator.</summary>
internal sealed class InMemoryWorld : CoordinatorWorld
{
    private readonly InMemoryCoordinatorStore _store = new();

    public override Task GoAway()
    {
        _store.IsAway = true;
        return Task.CompletedTask;
    }

    public override Task ComeBack()
    {
        _store.IsAway = false;
        return Task.CompletedTask;
    }

    public override Task LoseAll()
    {
        _store.Clear();
        return Task.CompletedTask;
    }

    public override Task ChangeServer()
    {
        _store.ServerId = "another";
        return Task.CompletedTask;
    }

    protected override ICoordinator Make() => new InMemoryCoordinator(_store);
}
