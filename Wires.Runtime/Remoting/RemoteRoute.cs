using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>The way from this node to a wire that does not live here: one for all refs to it, so that calls keep their order.</summary>
/// <remarks>
/// Calls go straight to the node where the wire was found last. When one bounces, the wire is somewhere else: from then on new calls wait here. What was sent the old way is
/// flushed out of it (the last bounce comes before the answer to the flush), and all go the new way in their old order: first those that came back, then those that waited.
/// </remarks>
internal sealed partial class RemoteRoute(ClusterNode cluster, WireHandle handle)
{
    private readonly Lock _lock = new();
    private readonly Queue<WireCall> _returned = new();
    private readonly Queue<WireCall> _held = new();
    private Queue<RoomRequest>? _waiting;

    /// <summary>How many have come to wait, and how many of them are through.</summary>
    private long _asked;
    private long _admitted;
    private List<(long Asked, TaskCompletionSource Sent)>? _awaited;
    private Peer? _peer;
    private Peer? _former;

    /// <summary>The former peer, while it is asked for what it sends back; for messages.</summary>
    private Peer? _flushing;
    private int _formerAlias;
    private int _alias;
    private int _room;
    private long _hint;

    /// <summary>The incarnation that calls were sent to last.</summary>
    private long _knownOn;

    /// <summary>That node was told that the wire's earlier life was lost; and it has sent calls back, so the wire has not heard it.</summary>
    private bool _toldLost;
    private bool _hasBounced;

    /// <summary>The wire has come here: nothing more is sent the old way.</summary>
    private bool _isRedirected;
    private volatile bool _isResolving;

    /// <summary>A call was sent since it was last looked at.</summary>
    private bool _isUsed = true;
    private volatile bool _isRetired;

    public WireHandle Handle { get; } = handle;

    /// <summary>Whether calls need another route: the node has become another incarnation since, or this one was given up as nobody used it.</summary>
    public bool IsOver => _isRetired || cluster.IsOver;

    /// <summary>Whether calls go straight to the node that has the wire, as far as is known.</summary>
    public bool IsOpen => !_isResolving && _peer is { IsOpen: true } && !IsOver;

    /// <summary>Whether calls wait here, so that later ones have to queue behind.</summary>
    public bool IsHolding => _isResolving;

    /// <summary>Whether calls are here that have not been sent.</summary>
    public bool HoldsCalls => _isResolving || _asked != _admitted;

    /// <summary>When calls came back last, see <see cref="ClusterNode.CallsReturn"/>.</summary>
    public long LastReturn { get; private set; }

    /// <summary>Why the wire cannot be reached, or null.</summary>
    private string? Trouble { get; set; }

    /// <summary>Whether the node that had the wire, as far as this one knows, is gone.</summary>
    private bool WasLost => (_knownOn != 0 && !cluster.IsMember(_knownOn)) || (_toldLost && _hasBounced);

    /// <summary>What is known of a wire that does not live here, for the message of a time-out. Of another thread's: any of it may be past.</summary>
    public string Describe()
    {
        if (Trouble is { } trouble)
        {
            return $"it could not be reached, as {trouble.TrimEnd('.')}";
        }

        return _peer is { } peer ? $"it lives on node {peer.Name}, which has not answered"
            : _flushing is { } former ? $"it has left node {former.Name}, which has not yet said that it has sent all its calls back"
            : _isResolving ? "its node is being looked for, or connected to"
            : "it is not active on any node that this one knows of";
    }

    /// <summary>Sends a call that will be answered, or opens a stream.</summary>
    public PostResult Send(WireCall call)
    {
        NoteCaller(call);
        lock (_lock)
        {
            if (_isRetired)
            {
                return SendByNext(call);
            }

            _isUsed = true;
            if (_waiting is { Count: > 0 } || (_isResolving && _held.Count >= Handle.Node.CapacityOf(Handle.Type)))
            {
                return PostResult.Full;
            }

            if (_isResolving || _retiring is not null || Send_NeedsLock(call) == SendResult.Closed)
            {
                Hold_NeedsLock(call);
            }

            return PostResult.Queued;
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private PostResult SendByNext(WireCall call) => cluster.RouteOf(Handle).Send(call);

    /// <summary>Sends a call that will not be answered.</summary>
    /// <returns>Completes once it is queued: at once, unless the wire's node gives no room.</returns>
    public ValueTask SendOneWay(OneWayCall call)
    {
        RoomRequest request;
        CancellationToken cancellation = call.Cancellation;
        NoteCaller(call);
        lock (_lock)
        {
            if (_isRetired)
            {
                return cluster.RouteOf(Handle).SendOneWay(call);
            }

            _isUsed = true;
            if (_waiting is not { Count: > 0 })
            {
                bool mustHold = _isResolving || _retiring is not null;
                if (mustHold && _held.Count < Handle.Node.CapacityOf(Handle.Type))
                {
                    Hold_NeedsLock(call);
                    return default;
                }

                if (!mustHold && (_room > 0 || _peer is not { IsOpen: true }))
                {
                    switch (Send_NeedsLock(call))
                    {
                        case SendResult.Closed:
                            Hold_NeedsLock(call);
                            return default;
                        case SendResult.Congested:
                            // A peer that reads slowly slows its callers down.
                            return _peer!.Connection.WhenDrainedAsync(cancellation);
                        default:
                            return default;
                    }
                }
            }

            request = new RoomRequest(call);
            (_waiting ??= new Queue<RoomRequest>()).Enqueue(request);
            _asked++;
            cluster.Throttles(1);
        }

        return new ValueTask(request.WaitAsync());
    }

    /// <summary>The wire's node has taken one-way calls.</summary>
    public void MakeRoom(Peer peer, int room)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(peer, _peer))
            {
                return;
            }

            _room += room;
            AdmitWaiting_NeedsLock();
        }
    }

    /// <summary>A call has come back: the wire is not where it was sent.</summary>
    /// <param name="peer">Where it was sent.</param>
    /// <param name="call">The call, ready to be sent again.</param>
    /// <param name="hint">The node that may have the wire; 0 where nothing is known.</param>
    public void Returned(Peer peer, WireCall call, long hint)
    {
        lock (_lock)
        {
            if (ReferenceEquals(peer, _peer))
            {
                LeavePeer_NeedsLock();
            }

            if (hint != 0)
            {
                _hint = hint;
            }

            _hasBounced = true;
            _returned.Enqueue(call);
            Resolve_NeedsLock();

            // Last: whoever sees this counted sees that the route holds calls.
            LastReturn = cluster.CallsReturn();
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Lost(Peer peer)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(peer, _peer))
            {
                return;
            }

            _peer = null;
            if (_waiting is { Count: > 0 })
            {
                Resolve_NeedsLock();
            }
        }
    }

    /// <summary>A wire that moves has to know whether calls of it may be under way.</summary>
    private void NoteCaller(WireCall call)
    {
        if (call.Caller is { IsCurrent: true } caller)
        {
            caller.Extras_OnTurn.HasCalledElsewhere = true;
            if (cluster.Balancing is { } balancing && WireThread.Current.IsPicked())
            {
                balancing.Work.MetElsewhere(caller, Handle, _peer?.Connection.Peer.Incarnation ?? _knownOn);
            }
        }
    }

    /// <summary>What was sent there is flushed before anything is sent another way.</summary>
    private void LeavePeer_NeedsLock()
    {
        if (_peer is not null)
        {
            _former = _peer;
            _formerAlias = _alias;
            _peer = null;
        }
    }

    private void Hold_NeedsLock(WireCall call)
    {
        _held.Enqueue(call);
        Resolve_NeedsLock();
    }

    private void Resolve_NeedsLock()
    {
        if (!_isResolving)
        {
            _isResolving = true;
            cluster.RouteHolds();

            // Not with the caller's context, nor in a turn of its wire.
            ThreadPool.UnsafeQueueUserWorkItem(static route => _ = route.ResolveAsync(), this, preferLocal: false);
        }
    }

    private void AdmitWaiting_NeedsLock()
    {
        while (_waiting is { Count: > 0 } waiting && _room > 0 && _retiring is null && _peer is { IsOpen: true })
        {
            RoomRequest request = Dequeue_NeedsLock(waiting);
            if (!request.TryTake())
            {
                continue;
            }

            if (Send_NeedsLock(request.Call) == SendResult.Closed)
            {
                Hold_NeedsLock(request.Call);
            }

            request.Complete();
        }

        TellSent_NeedsLock();
    }

    private RoomRequest Dequeue_NeedsLock(Queue<RoomRequest> waiting)
    {
        _admitted++;
        cluster.Throttles(-1);
        return waiting.Dequeue();
    }
}
