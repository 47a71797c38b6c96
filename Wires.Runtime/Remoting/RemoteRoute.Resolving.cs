using Wires.Infrastructure;
using Wires.Transport;

namespace Wires.Remoting;

// While calls wait: where the wire is now, and sending them there in their order.
internal sealed partial class RemoteRoute
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250);

    private async Task ResolveAsync()
    {
        var pause = new Backoff(s_firstPause, s_longestPause);
        while (true)
        {
            if (Volatile.Read(ref _retiring) is { } retiring)
            {
                await retiring.Task.ConfigureAwait(false);
            }

            Peer? former;
            int formerAlias;
            long hint;
            lock (_lock)
            {
                if (TryGoOn_NeedsLock())
                {
                    return;
                }

                former = _former;
                formerAlias = _formerAlias;
                _former = null;
                hint = _hint;
                _hint = 0;
                _isRedirected = false;
                DropExpired_NeedsLock(_returned);
                DropExpired_NeedsLock(_held);
                if (former is null && TryFinish_NeedsLock())
                {
                    return;
                }
            }

            try
            {
                if (former is not null)
                {
                    _flushing = former;
                    await former.FlushAsync(formerAlias).ConfigureAwait(false);
                    _flushing = null;
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
                else if (where == Whereabouts.Gone)
                {
                    DiscardAll(call => Faults.HomeGone(Handle, call.Method));
                    return;
                }
                else if (hint != 0 && cluster.IsMember(hint) && !cluster.IsLeaving(hint))
                {
                    incarnation = hint;
                    where = Whereabouts.Elsewhere;
                }
                else if (where == Whereabouts.Elsewhere && cluster.IsLeaving(incarnation))
                {
                    // It has no wires any more, whatever the view that is known here says.
                    where = Whereabouts.Unsettled;
                }

                if (where == Whereabouts.Elsewhere)
                {
                    Peer peer = await cluster.PeerAsync(incarnation).ConfigureAwait(false);
                    if (TryDeliver(peer))
                    {
                        return;
                    }

                    // It came back at once: the nodes do not yet agree on where it is. Or the node has begun to leave.
                    Trouble = $"node {peer.Name} does not have it, and the nodes do not yet agree on who does";
                }
                else
                {
                    Trouble = cluster.WhyUnsettled(Handle);
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever it is: were this to end, all calls that wait here would wait for ever.
                Trouble = e.Message;
            }

            if (cluster.IsOver)
            {
                WireNodeStoppedException over = cluster.OverException();
                DiscardAll(_ => over);
                return;
            }

            await cluster.ChangesAsync(Handle, pause.Next()).ConfigureAwait(false);
        }
    }

    private bool TryDeliver(Peer peer)
    {
        lock (_lock)
        {
            if (_isRedirected)
            {
                return false;
            }

            _peer = peer;
            _toldLost = WasLost;
            _hasBounced = false;
            _alias = peer.Define(this, _toldLost);
            if (cluster.IsLeaving(peer.Connection.Peer.Incarnation))
            {
                // In this moment: it may have looked for the routes that lead to it before this was one.
                _peer = null;
                return false;
            }

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
            return Send_NeedsLock(call) != SendResult.Closed;
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
            if (WasLost)
            {
                cluster.MarkLost(Handle);
            }

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
                RoomRequest request = Dequeue_NeedsLock(waiting);
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
        TellSent_NeedsLock();
        return true;
    }

    private void DiscardAll(Func<WireCall, Exception> reason)
    {
        List<WireCall> calls;
        lock (_lock)
        {
            calls = [.. _returned, .. _held];
            _returned.Clear();
            _held.Clear();
            while (_waiting is { Count: > 0 } waiting)
            {
                RoomRequest request = Dequeue_NeedsLock(waiting);
                if (request.TryTake())
                {
                    request.Fail(reason(request.Call));
                }
            }

            TryFinish_NeedsLock();
        }

        calls.ForEach(call => call.Discard(reason(call)));
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
        Ask ask => ask.IsPending && (ask.InUse || ask.IsFromElsewhere),
        OneWayCall => call.Deadline == long.MaxValue || call.Deadline >= Handle.Node.Now,
        _ => true,
    };
}
