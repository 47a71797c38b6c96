using Wires.Infrastructure;

namespace Wires.Remoting;

// The wire comes to this node or leaves it, a caller leaves it, or the node that the wire was called on goes.
internal sealed partial class RemoteRoute
{
    /// <summary>The wire comes to this node: calls that are on their way to where it was come before new ones.</summary>
    /// <param name="enter">Enters the wire in the directory; false if it may not.</param>
    /// <returns>What <paramref name="enter"/> says; null where another route has come in place of this one.</returns>
    public bool? Redirect(Func<bool> enter)
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return null;
            }

            // Before it can be found: whoever finds it looks here afterwards whether calls wait.
            if (_peer is not null || _isResolving)
            {
                _isRedirected = true;
                LeavePeer_NeedsLock();
                _hint = 0;
                Resolve_NeedsLock();
            }

            return enter();
        }
    }

    /// <summary>The wire leaves this node: closes it, and sends what has waited for it after it. Calls that come meanwhile wait until that is done.</summary>
    /// <param name="wire">The wire; the caller owns its turn.</param>
    /// <param name="hint">The node that it went to.</param>
    /// <param name="sendsBack">Whether calls of other nodes go back to those.</param>
    /// <returns>False where another route has come in place of this one.</returns>
    public bool TryTakeOver(Activation wire, long hint, bool sendsBack)
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return false;
            }

            _isUsed = true;
            // What the wire had already comes before what has been waiting here for it.
            WireCall[] later = [.. _returned];
            _returned.Clear();
            for (WireMessage? message = wire.Close_OnTurn(); message is not null;)
            {
                WireMessage? next = message.Next;
                message.Next = null;
                SendOn_NeedsLock(wire, message, hint, sendsBack);
                message = next;
            }

            if (wire.AsideOrNull?.WaitingRoom is { } room)
            {
                room.TakeAll().ForEach(call => SendOn_NeedsLock(wire, call, hint, sendsBack));
            }

            foreach (WireCall call in later)
            {
                _returned.Enqueue(call);
            }

            LeavePeer_NeedsLock();
            _hint = hint;
            _knownOn = hint;
            if (_returned.Count > 0)
            {
                Resolve_NeedsLock();
            }

            return true;
        }
    }

    /// <summary>Completes when nobody is in <see cref="TryTakeOver"/>.</summary>
    public void Pass()
    {
        lock (_lock)
        {
        }
    }

    private void SendOn_NeedsLock(Activation wire, WireMessage message, long hint, bool sendsBack)
    {
        switch (message)
        {
            case IStreamProducer { HasMoved: true }:
                // It has gone on with its wire, and its consumer is told.
                break;
            case IStreamProducer { HasLeft: true }:
                // It is opened elsewhere, from here; its consumer is told then.
                _returned.Enqueue((WireCall)message);
                break;
            case WireCall { Origin: Inbound origin } call and (Ask or OneWayCall) when !sendsBack:
                // Not by its own node: the caller may have left that one, too, and what it says from its new place would come first.
                origin.Forwards_OnTurn(call);
                _returned.Enqueue(call);
                break;
            case WireCall { Origin: Inbound origin } call:
                if (!origin.TrySendBack(call, hint))
                {
                    _returned.Enqueue(call);
                }

                break;
            case Continuation continuation when wire.AsideOrNull?.Deputies is not null:
                continuation.LeaveBehind();
                break;
            case Ask { IsAnswer: true } answer:
                answer.AnswerDeputy();
                break;
            case Ask or OneWayCall or IRemoteStream:
                _returned.Enqueue((WireCall)message);
                break;
            default:
                // What only concerns the object that stays behind.
                message.Discard(Handle.Node.StoppedException());
                break;
        }
    }

    /// <summary>The node leaves: what comes from now on goes another way, behind what it has got.</summary>
    public void Leave(Peer peer)
    {
        lock (_lock)
        {
            if (ReferenceEquals(peer, _peer))
            {
                LeavePeer_NeedsLock();
                if (_waiting is { Count: > 0 })
                {
                    Resolve_NeedsLock();
                }
            }
        }
    }

    /// <summary>Completes when all that is here now has been sent, or given up.</summary>
    public Task WhenSentAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return HoldsCalls ? Await_NeedsLock(_asked).WaitAsync(cancellation) : Task.CompletedTask;
        }
    }

    /// <summary>The same without those calls that wait for room: before there is any, the wire has to run.</summary>
    public Task WhenFollowedAsync()
    {
        lock (_lock)
        {
            return _isResolving ? Await_NeedsLock(0) : Task.CompletedTask;
        }
    }

    /// <param name="asked">How many of those that have come to wait for room have to be through.</param>
    private Task Await_NeedsLock(long asked)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_awaited ??= []).Add((asked, sent));
        return sent.Task;
    }

    private void TellSent_NeedsLock()
    {
        if (_awaited is null || _isResolving)
        {
            return;
        }

        for (int i = _awaited.Count - 1; i >= 0; i--)
        {
            if (_awaited[i].Asked <= _admitted)
            {
                _awaited[i].Sent.TrySetResult();
                _awaited.RemoveAt(i);
            }
        }

        _awaited = _awaited.Count == 0 ? null : _awaited;
    }
}
