using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>The way from this node to a wire that does not live here: one for all refs to it, so that calls keep their order.</summary>
/// <remarks>
/// Calls go straight to the node where the wire was found last. When one bounces, the wire is somewhere else: from then on new calls wait here. What was sent the old way is
/// flushed out of it (the last bounce comes before the answer to the flush), and all go the new way in their old order: first those that came back, then those that waited.
/// </remarks>
internal sealed class RemoteRoute(ClusterNode cluster, WireHandle handle)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Queue<WireCall> _returned = new();
    private readonly Queue<WireCall> _held = new();
    private Queue<RoomRequest>? _waiting;
    private Peer? _peer;
    private Peer? _former;
    private int _alias;
    private int _room;
    private long _hint;

    /// <summary>The incarnation that calls were sent to last.</summary>
    private long _knownOn;

    /// <summary>That node was told that the wire's earlier life was lost; and it has sent calls back, so the wire has not heard it.</summary>
    private bool _toldLost;
    private bool _hasBounced;
    private volatile bool _isResolving;

    public WireHandle Handle { get; } = handle;

    /// <summary>Whether the node has become another incarnation since.</summary>
    public bool IsOver => cluster.IsOver;

    /// <summary>Whether calls wait here, so that later ones have to queue behind.</summary>
    public bool IsHolding => _isResolving;

    /// <summary>Why the wire cannot be reached, or null; for the message of a time-out.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The node that calls go to; null while none is known.</summary>
    public string? Destination => _peer?.Name;

    /// <summary>Whether the node that had the wire, as far as this one knows, is gone.</summary>
    private bool WasLost => (_knownOn != 0 && !cluster.IsMember(_knownOn)) || (_toldLost && _hasBounced);

    /// <summary>Sends a call that will be answered, or opens a stream.</summary>
    public PostResult Send(WireCall call)
    {
        lock (_lock)
        {
            if (_waiting is { Count: > 0 } || (_isResolving && _held.Count >= Handle.Node.CapacityOf(Handle.Type)))
            {
                return PostResult.Full;
            }

            if (_isResolving || !TrySend_NeedsLock(call))
            {
                Hold_NeedsLock(call);
            }

            return PostResult.Queued;
        }
    }

    /// <summary>Sends a call that will not be answered.</summary>
    /// <returns>Completes once it is queued: at once, unless the wire's node gives no room.</returns>
    public ValueTask SendOneWay(OneWayCall call)
    {
        RoomRequest request;
        CancellationToken cancellation = call.Cancellation;
        lock (_lock)
        {
            if (_waiting is not { Count: > 0 })
            {
                if (_isResolving && _held.Count < Handle.Node.CapacityOf(Handle.Type))
                {
                    Hold_NeedsLock(call);
                    return default;
                }

                if (!_isResolving && (_room > 0 || _peer is not { IsOpen: true }))
                {
                    if (!TrySend_NeedsLock(call))
                    {
                        Hold_NeedsLock(call);
                    }

                    // A peer that reads slowly slows its callers down.
                    return _peer is { } peer && peer.Connection.QueuedBytes > cluster.HighWater ? peer.Connection.WhenDrainedAsync(cancellation) : default;
                }
            }

            request = new RoomRequest(call);
            (_waiting ??= new Queue<RoomRequest>()).Enqueue(request);
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
                _peer = null;
                _former = peer;
            }

            if (hint != 0)
            {
                _hint = hint;
            }

            _hasBounced = true;

            _returned.Enqueue(call);
            Resolve_NeedsLock();
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

    private bool TrySend_NeedsLock(WireCall call)
    {
        if (_peer is not { IsOpen: true } peer)
        {
            return false;
        }

        SendResult result;
        WireBuffer buffer = WireBuffer.Rent();
        try
        {
            var writer = new WireWriter(buffer);
            switch (call)
            {
                case Ask ask:
                    long claim = RemoteClaim.Of(peer.Number, ask.Token);
                    CallHeader.Write(ref writer, call, FrameKind.Call, _alias, CallTable.NumberOf(ask));
                    call.EncodeArguments(ref writer);
                    writer.Flush();
                    if (!ask.TryBeginRemote(peer, claim))
                    {
                        // Cancelled or timed out before it could be sent.
                        return true;
                    }

                    try
                    {
                        result = peer.Connection.Send(buffer.WrittenSpan);
                    }
                    catch
                    {
                        // Too large: it is not under way, and its object will be another call.
                        ask.TryEndRemote(claim);
                        throw;
                    }

                    // Lost between the two: whoever takes the claim back has the call.
                    return result != SendResult.Closed || !ask.TryEndRemote(claim);
                case IRemoteStream stream:
                    long number = cluster.NextStream();
                    (int credit, bool isOpen) = ((IRemoteStreamOpener)stream).Opens(peer, number);
                    if (!isOpen)
                    {
                        return true;
                    }

                    CallHeader.Write(ref writer, call, FrameKind.Stream, _alias, number, credit);
                    call.EncodeArguments(ref writer);
                    writer.Flush();
                    peer.AddStream(number, stream);
                    try
                    {
                        return peer.Connection.Send(buffer.WrittenSpan) != SendResult.Closed;
                    }
                    catch
                    {
                        peer.RemoveStream(number);
                        throw;
                    }
                default:
                    CallHeader.Write(ref writer, call, FrameKind.OneWay, _alias, 0);
                    call.EncodeArguments(ref writer);
                    writer.Flush();
                    result = peer.Connection.Send(buffer.WrittenSpan);
                    if (result == SendResult.Closed)
                    {
                        return false;
                    }

                    _room--;
                    call.Recycle();
                    return true;
            }
        }
        finally
        {
            buffer.Return();
        }
    }

    private void AdmitWaiting_NeedsLock()
    {
        while (_waiting is { Count: > 0 } waiting && _room > 0 && _peer is { IsOpen: true })
        {
            RoomRequest request = waiting.Dequeue();
            if (!request.TryTake())
            {
                continue;
            }

            if (!TrySend_NeedsLock(request.Call))
            {
                Hold_NeedsLock(request.Call);
            }

            request.Complete();
        }
    }

    private async Task ResolveAsync()
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            Peer? former;
            long hint;
            lock (_lock)
            {
                former = _former;
                _former = null;
                hint = _hint;
                _hint = 0;
                DropExpired_NeedsLock(_returned);
                DropExpired_NeedsLock(_held);
                if (TryFinish_NeedsLock())
                {
                    return;
                }
            }

            try
            {
                if (former is not null)
                {
                    await former.FlushAsync().ConfigureAwait(false);
                }

                long incarnation = 0;
                Whereabouts where = cluster.IsAliveHere(Handle) ? Whereabouts.Here : cluster.Locate(Handle, out incarnation);
                if (where == Whereabouts.Here)
                {
                    if (TryDeliverHere())
                    {
                        return;
                    }

                    // It may be stopping, or just have given the slot away: others are told by then.
                    Trouble = cluster.WhyUnsettled(Handle);
                    where = Whereabouts.Unsettled;
                }
                else if (hint != 0 && cluster.IsMember(hint))
                {
                    incarnation = hint;
                    where = Whereabouts.Elsewhere;
                }

                if (where == Whereabouts.Elsewhere)
                {
                    Peer peer = await cluster.PeerAsync(incarnation).ConfigureAwait(false);
                    if (TryDeliver(peer))
                    {
                        return;
                    }

                    // It came back at once: the nodes do not yet agree on where it is.
                    Trouble = $"node {peer.Name} does not have it, and the nodes do not yet agree on who does";
                }
                else
                {
                    Trouble = cluster.WhyUnsettled(Handle);
                }
            }
            catch (Exception e) when (e is WireException or TransportException or OperationCanceledException)
            {
                Trouble = e.Message;
            }

            if (cluster.IsOver)
            {
                DiscardAll(cluster.OverException());
                return;
            }

            await cluster.ChangesAsync(Handle, pause).ConfigureAwait(false);
            pause = pause + pause < s_longestPause ? pause + pause : s_longestPause;
        }
    }

    private bool TryDeliver(Peer peer)
    {
        lock (_lock)
        {
            _peer = peer;
            _toldLost = WasLost;
            _hasBounced = false;
            _alias = peer.Define(this, _toldLost);
            _knownOn = peer.Connection.Peer.Incarnation;
            _room = Inbound.OneWayRoom;
            while (_returned.TryPeek(out WireCall? call) || _held.TryPeek(out call))
            {
                if (!TrySendOrRefuse_NeedsLock(call))
                {
                    _peer = null;
                    return false;
                }

                if (!_returned.TryDequeue(out _))
                {
                    _held.Dequeue();
                }
            }

            AdmitWaiting_NeedsLock();
            return TryFinish_NeedsLock();
        }
    }

    private bool TrySendOrRefuse_NeedsLock(WireCall call)
    {
        try
        {
            return TrySend_NeedsLock(call);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            call.Discard(e);
            return true;
        }
    }

    /// <summary>The wire lives here, or may.</summary>
    private bool TryDeliverHere()
    {
        lock (_lock)
        {
            _peer = null;
            Handle.WasLost |= WasLost;
            _knownOn = 0;
            _toldLost = false;
            while (_returned.TryPeek(out WireCall? call) || _held.TryPeek(out call))
            {
                Activation? activation = cluster.FindOrActivate(Handle, out _);
                if (activation is null)
                {
                    return false;
                }

                if (!IsStillWanted(call) || activation.Post(call, bounded: false) == PostResult.Queued)
                {
                    if (!_returned.TryDequeue(out _))
                    {
                        _held.Dequeue();
                    }
                }
                else
                {
                    Handle.Activation = null;
                }
            }

            while (_waiting is { Count: > 0 } waiting)
            {
                RoomRequest request = waiting.Dequeue();
                if (request.TryTake())
                {
                    _held.Enqueue(request.Call);
                    request.Complete();
                }
            }

            return TryFinish_NeedsLock();
        }
    }

    private bool TryFinish_NeedsLock()
    {
        if (_returned.Count + _held.Count > 0 || (_peer is null && _waiting is { Count: > 0 }))
        {
            return false;
        }

        _isResolving = false;
        Trouble = null;
        cluster.RouteFlows();
        return true;
    }

    private void DiscardAll(Exception reason)
    {
        List<WireCall> calls;
        lock (_lock)
        {
            calls = [.. _returned, .. _held];
            _returned.Clear();
            _held.Clear();
            while (_waiting is { Count: > 0 } waiting)
            {
                RoomRequest request = waiting.Dequeue();
                if (request.TryTake())
                {
                    request.Fail(reason);
                }
            }

            TryFinish_NeedsLock();
        }

        calls.ForEach(call => call.Discard(reason));
    }

    private void DropExpired_NeedsLock(Queue<WireCall> calls)
    {
        for (int i = calls.Count; i > 0; i--)
        {
            WireCall call = calls.Dequeue();
            if (IsStillWanted(call))
            {
                calls.Enqueue(call);
            }
            else if (call is OneWayCall)
            {
                call.Discard(new WireUnreachableException($"Wire {Handle.Id} could not be reached before the call's deadline: {Trouble ?? "its node is not known"}."));
            }
        }
    }

    private bool IsStillWanted(WireCall call) => call switch
    {
        Ask ask => ask.IsPending && ask.InUse,
        OneWayCall => call.Deadline == long.MaxValue || call.Deadline >= Handle.Node.Now,
        _ => true,
    };
}
