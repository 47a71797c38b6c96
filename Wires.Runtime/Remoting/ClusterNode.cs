using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Wires.Balancing;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>One incarnation of a node in its cluster: its membership, its connections, and where the wires are that do not live here.</summary>
internal sealed partial class ClusterNode : IConnectionHandler, IPeers, IWireHost, IAsyncDisposable
{
    private const int GateCount = 64;

    private readonly ClusterSettings _settings;
    private readonly ICoordinator _coordinator;
    private readonly FrameProbe? _probe;
    private readonly Lock[] _gates = [.. Enumerable.Range(0, GateCount).Select(static _ => new Lock())];
    private readonly ConcurrentDictionary<WireHandle, RemoteRoute> _routes = new();
    private readonly ConcurrentDictionary<long, Task<Peer>> _peers = new();
    private readonly ConcurrentDictionary<Connection, byte> _incoming = new();

    /// <summary>Who has been a member; and who of them is none any more.</summary>
    private readonly ConcurrentDictionary<long, byte> _seen = new();
    private readonly ConcurrentDictionary<long, byte> _gone = new();

    /// <summary>Wires that lived on a node that is gone and have not come to life anew, with the epoch of that life where it is known.</summary>
    private readonly ConcurrentDictionary<WireHandle, long> _lost = new();
    private readonly ConcurrentDictionary<long, byte> _leaving = new();
    private readonly NodeLife?[] _lives = new NodeLife?[Slots.Count];
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _listener;
    private Transport.Transport? _transport;
    private ClusterMember? _member;
    private int _holding;
    private long _lastStream;
    private int _isOver;
    private Task? _disposal;

    public ClusterNode(WireNode node, ClusterSettings settings, ICoordinator coordinator)
    {
        Node = node;
        _settings = settings;
        _coordinator = coordinator;
        _probe = node.Options.FrameProbe;
        Migrator = new Migrator(this);
        Balancing = node.Options.Balancing.Enabled ? new NodeBalancer(this) : null;
    }

    public WireNode Node { get; }

    public Migrator Migrator { get; }

    /// <summary>What moves the node's wires by load; null where that is off.</summary>
    public NodeBalancer? Balancing { get; }

    /// <summary>Cancelled when this incarnation ends.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>By the clock of <see cref="Environment.TickCount64"/>: from then on this incarnation starts no turn and sends nothing.</summary>
    public long SilentFrom => IsOver ? long.MinValue : _member?.SilentFrom ?? long.MinValue;

    /// <summary>Whether that time has come.</summary>
    public bool IsSilent => Environment.TickCount64 >= SilentFrom;

    /// <summary>Whether this incarnation has ended; the node may have another one.</summary>
    public bool IsOver => Volatile.Read(ref _isOver) != 0;

    /// <summary>Whether calls wait for a way to their wire: then callers have to look whether theirs do.</summary>
    public bool HasHoldingRoutes => Volatile.Read(ref _holding) > 0;

    public ClusterMember? Member => _member;

    public long Incarnation => _member?.Incarnation ?? 0;

    /// <summary>What stands between the look whether a wire belongs here and its coming to life.</summary>
    public Lock GateOf(int slot) => _gates[slot % GateCount];

    /// <summary>The way to a wire, for all refs to it.</summary>
    public RemoteRoute RouteOf(WireHandle handle)
    {
        if (_routes.TryGetValue(handle, out RemoteRoute? route))
        {
            return route;
        }

        // A handle of its own: where the route finds the wire, callers must not before it has sent all that waits.
        WireHandle own = Node.HandleOf(handle.Type, handle.Key);
        route = new RemoteRoute(this, own);
        if (!_routes.TryAdd(own, route))
        {
            return RouteOf(handle);
        }

        RouteAdded();
        return route;
    }

    /// <summary>Whether calls to a wire wait for the way to it.</summary>
    public bool IsHolding(WireHandle handle) => _routes.TryGetValue(handle, out RemoteRoute? route) && route.IsHolding;

    public void RouteHolds() => Interlocked.Increment(ref _holding);

    public void RouteFlows() => Interlocked.Decrement(ref _holding);

    public long NextStream() => Interlocked.Increment(ref _lastStream);

    public bool IsMember(long incarnation) => incarnation != Incarnation && _member?.CurrentView is { } view && view.Find(incarnation) is not null;

    /// <summary>Where a wire is that is not alive on this node.</summary>
    /// <param name="handle">The wire.</param>
    /// <param name="incarnation">The node to ask, where it is elsewhere.</param>
    public Whereabouts Locate(WireHandle handle, out long incarnation)
    {
        incarnation = 0;
        if (_member is not { } member || IsOver)
        {
            return Whereabouts.Unsettled;
        }

        int slot = handle.Slot;
        switch (member.StateOf(slot))
        {
            case SlotState.Ready:
                if (!member.TryGetAway(slot, handle.Type.Name, handle.Key, out incarnation, out long epoch))
                {
                    return Whereabouts.Here;
                }

                if (member.CurrentView?.Find(incarnation) is not null)
                {
                    return Whereabouts.Elsewhere;
                }

                // The node that hosted it was lost, and the wire's state with it. Its next life is a later one.
                member.RemoveAway(slot, handle.Type.Name, handle.Key, incarnation);
                MarkLost(handle, epoch);
                return Whereabouts.Here;
            case SlotState.Recovering:
                return Whereabouts.Unsettled;
            default:
                incarnation = member.CurrentView?.OwnerOf(slot) ?? 0;
                return incarnation == 0 || incarnation == member.Incarnation ? Whereabouts.Unsettled : Whereabouts.Elsewhere;
        }
    }

    /// <summary>The wire if it lives here or may come to life here.</summary>
    /// <param name="handle">The wire.</param>
    /// <param name="hint">If the answer is null: the node that has it; 0 where that is not known.</param>
    public Activation? FindOrActivate(WireHandle handle, out long hint)
    {
        hint = 0;
        while (true)
        {
            if (Node.Directory.Find(handle) is { IsClosed: false } alive)
            {
                handle.Activation = alive;
                TakeLost(handle);
                return alive;
            }

            try
            {
                if (Node.Directory.GetOrActivate(handle) is { } activation)
                {
                    return activation;
                }
            }
            catch (WireNodeStoppedException)
            {
                // What is alive here is finished; what is not comes to life on the nodes that stay.
                return null;
            }

            if (Locate(handle, out long incarnation) == Whereabouts.Here)
            {
                continue;
            }

            if (_member is { } member && member.StateOf(handle.Slot) == SlotState.Ready)
            {
                hint = incarnation;
            }
            else
            {
                hint = Migrator.WentTo(handle);
                TellHome(handle);
            }

            return null;
        }
    }

    /// <summary>A member has said that it is about to leave.</summary>
    public void Leaves(long incarnation)
    {
        _leaving[incarnation] = 0;
        SignalChange();
    }

    /// <summary>Whether calls should not be sent there any more.</summary>
    public bool IsLeaving(long incarnation) => _leaving.ContainsKey(incarnation);

    public bool IsAliveHere(WireHandle handle) => Node.Directory.Find(handle) is { IsClosed: false };

    /// <summary>Why a wire's place is not known, for people.</summary>
    public string WhyUnsettled(WireHandle handle) => _member?.CurrentView is not { } view
        ? $"node {Node.Name} has not joined its cluster yet"
        : $"slot {handle.Slot} of the cluster is changing hands ({_member.StateOf(handle.Slot)} on node {Node.Name}, view {view.Number})";

    /// <summary>Completes when the view has changed, a slot between two homes has been settled, or after a while.</summary>
    public async Task ChangesAsync(WireHandle handle, TimeSpan atMost)
    {
        Task changed = Volatile.Read(ref _changed).Task;
        Task pause = Task.Delay(atMost, TimeProvider.System, CancellationToken.None);
        await (_member is { } member && member.StateOf(handle.Slot) == SlotState.Recovering
            ? Task.WhenAny(changed, pause, member.WhenSettledAsync(handle.Slot, _end.Token))
            : Task.WhenAny(changed, pause)).ConfigureAwait(false);
    }

    /// <summary>Completes when the view has changed, or after a while.</summary>
    public Task ChangesAsync(TimeSpan atMost) => Task.WhenAny(Volatile.Read(ref _changed).Task, Task.Delay(atMost, TimeProvider.System, CancellationToken.None));

    /// <summary>A wire lived on a node that is gone: if it comes to life here, it starts anew.</summary>
    public void MarkLost(WireHandle handle, long epoch = 0) => _lost.AddOrUpdate(handle.Plain, epoch, (_, known) => Math.Max(known, epoch));

    /// <summary>Whether a wire will start anew where it was before.</summary>
    public bool WasLost(WireHandle handle) => _lost.ContainsKey(handle);

    /// <summary>Whether a wire that has come to life starts anew where it was before; asked once.</summary>
    public bool TakeLost(WireHandle handle) => _lost.ContainsKey(handle) && _lost.TryRemove(handle, out _);

    /// <summary>A wire has left this node: its home need not send calls here any more.</summary>
    public void Left(WireHandle handle)
    {
        if (_member is { } member && member.StateOf(handle.Slot) != SlotState.Ready)
        {
            TellHome(handle);
        }
    }

    public WireNodeStoppedException OverException() => new(_member?.CurrentView is null
        ? $"Node {Node.Name} could not join its cluster, as its log says, and reaches no other node's wires. Correct what it names and start the node again."
        : $"Node {Node.Name} was cut off from its cluster: its lease ended, and its wires may live on elsewhere. It joins again as a new member.")
    {
        IsRefused = true,
    };

    private void SignalChange()
    {
        TaskCompletionSource changed = Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        changed.TrySetResult();
    }

    private static IPEndPoint ParseAddress(string address) =>
        IPEndPoint.TryParse(address, out IPEndPoint? endpoint) ? endpoint : throw new WireUnreachableException($"'{address}' is no address of a node: an IP address and a port are needed, as 10.0.0.7:11000.");
}
