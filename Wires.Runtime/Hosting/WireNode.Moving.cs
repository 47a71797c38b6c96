using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Operating;
using Wires.Remoting;

namespace Wires;

// Moving wires: on demand, and when the node stops.
internal sealed partial class WireNode
{
    public async ValueTask MigrateAsync(WireId wire, string node, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        WireHandle handle = HandleOf(WireRegistry.GetType(wire.Type), wire.Key);
        (ClusterNode cluster, Member target) = TargetOf(wire, node);
        ThrowIfKept(wire, await cluster.Migrator.MoveAsync(handle, target, cancellation).ConfigureAwait(false));
    }

    /// <summary>Moves a wire that lives here, by its own wish.</summary>
    /// <exception cref="WireMigrationException">It stays.</exception>
    internal async Task MoveAsync(Activation wire, string node)
    {
        (ClusterNode cluster, Member target) = TargetOf(wire.Id, node);
        ThrowIfKept(wire.Id, await cluster.Migrator.OrderAsync(wire, target).ConfigureAwait(false));
    }

    private (ClusterNode Cluster, Member Target) TargetOf(WireId wire, string node) =>
        _cluster is not { Member.CurrentView: { } view, IsOver: false } cluster
            ? throw new WireMigrationException(wire, new PinReason(PinKind.NoCluster, $"node {Name} is no member of a cluster"))
            : (cluster, view.Members.FirstOrDefault(member => string.Equals(member.Name, node, StringComparison.Ordinal))
                ?? throw new WireMigrationException(wire, new PinReason(PinKind.Target, $"no node {node} is a member of the cluster; these are: {string.Join(", ", view.Members.Select(static member => member.Name))}")));

    private static void ThrowIfKept(WireId wire, PinReason pin)
    {
        if (pin.Kind != PinKind.None)
        {
            throw new WireMigrationException(wire, pin);
        }
    }

    public async ValueTask<PinReason> WhyAsync(WireId wire, CancellationToken cancellation = default) => (await LookForAsync(wire, cancellation).ConfigureAwait(false)).Pin;

    public async ValueTask<string?> WhereAsync(WireId wire, CancellationToken cancellation = default) => (await LookForAsync(wire, cancellation).ConfigureAwait(false)).Node;

    /// <summary>What keeps a wire where it is, and the name of that node; null where it is not alive.</summary>
    internal async Task<(PinReason Pin, string? Node)> LookForAsync(WireId wire, CancellationToken cancellation = default)
    {
        WireHandle handle = HandleOf(WireRegistry.GetType(wire.Type), wire.Key);
        if (_cluster is not { IsOver: false } cluster)
        {
            return (new PinReason(PinKind.NoCluster, $"node {Name} is no member of a cluster"), Directory.Find(handle) is { IsClosed: false } ? Name : null);
        }

        (PinReason pin, long incarnation) = await cluster.Migrator.WhyAsync(handle, cancellation).ConfigureAwait(false);
        return (pin, incarnation == 0 ? null : cluster.Member?.CurrentView?.Find(incarnation)?.Name);
    }

    /// <summary>Moves a wire to its home.</summary>
    internal async Task<string> BringAsync(WireId wire, CancellationToken cancellation = default)
    {
        WireHandle handle = HandleOf(WireRegistry.GetType(wire.Type), wire.Key);
        string? home = _cluster is { IsOver: false, Member.CurrentView: { } view } ? view.Find(view.OwnerOf(handle.Slot))?.Name : null;
        await MigrateAsync(wire, home ?? throw new WireMigrationException(wire, new PinReason(PinKind.NoCluster, $"node {Name} is no member of a cluster")), cancellation).ConfigureAwait(false);
        return home;
    }

    /// <summary>Lets all wires go on at other nodes, as far as those take them and nothing keeps them.</summary>
    private async Task EmptyAsync(CancellationToken patience)
    {
        if (_cluster is not { IsOver: false, Member.CurrentView.Members.Length: > 1 })
        {
            return;
        }

        var emptying = new Emptying(this, everything: true);
        await emptying.RunAsync(untilNone: true, TimeSpan.Zero, patience).ConfigureAwait(false);
        Log.Emptied(Name, emptying.Report.Moved, emptying.Report.Left);
    }
}
