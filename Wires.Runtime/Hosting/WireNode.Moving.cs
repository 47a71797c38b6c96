using Wires.Cluster;
using Wires.Infrastructure;

namespace Wires;

// Moving wires: on demand, and when the node stops.
internal sealed partial class WireNode
{
    private const int MovesAtOnce = 1024;

    public async ValueTask MigrateAsync(WireId wire, string node, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        WireHandle handle = HandleOf(WireRegistry.GetType(wire.Type), wire.Key);
        if (_cluster is not { Member.CurrentView: { } view, IsOver: false } cluster)
        {
            throw new WireMigrationException(wire, new PinReason(PinKind.NoCluster, $"node {Name} is no member of a cluster"));
        }

        Member target = view.Members.FirstOrDefault(member => string.Equals(member.Name, node, StringComparison.Ordinal))
            ?? throw new WireMigrationException(wire, new PinReason(PinKind.Target, $"no node {node} is a member of the cluster; these are: {string.Join(", ", view.Members.Select(static member => member.Name))}"));
        PinReason pin = await cluster.Migrator.MoveAsync(handle, target, cancellation).ConfigureAwait(false);
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
        int moved = 0;
        bool hasOthers = false;
        while (_cluster is { IsOver: false, Member.CurrentView: { } view } cluster && !patience.IsCancellationRequested)
        {
            Member[] others = [.. view.Members.Where(member => member.Incarnation != cluster.Incarnation)];
            List<Activation> wires = [.. Directory.All().Where(static wire => !wire.IsClosed).Take(MovesAtOnce)];
            hasOthers |= others.Length > 0;
            if (others.Length == 0 || wires.Count == 0)
            {
                break;
            }

            // By the nodes' share of the cluster's slots: the home of a wire is as good a place as any, until the balancer knows better.
            PinReason[] pins;
            Task<PinReason[]> moves = Task.WhenAll(wires.Select(wire => cluster.Migrator.OrderAsync(wire, view.Find(view.OwnerOf(wire.Handle.Slot)) is { } home && home.Incarnation != cluster.Incarnation ? home : others[wire.Handle.Slot % others.Length])));
            try
            {
                pins = await moves.WaitAsync(patience).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Their homes or targets cannot be reached: those decide without this node once it has left.
                break;
            }

            int gone = pins.Count(static pin => pin.Kind == PinKind.None);
            moved += gone;
            if (gone == 0)
            {
                break;
            }
        }

        if (hasOthers)
        {
            Log.Emptied(Name, moved, Directory.All().Count(static wire => !wire.IsClosed));
        }
    }
}
