using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>What a wire has only once it was suspended, kept calls waiting, or ticks. Used on turn only.</summary>
internal sealed class ActivationExtras
{
    private static readonly object s_outside = new();

    private WireMessage? _deferredFirst;
    private WireMessage? _deferredLast;

    /// <summary>Callers of the waiting calls that were passed over in the search under way: a later call of theirs must not overtake.</summary>
    private HashSet<object>? _seen;

    /// <summary>Suspended calls.</summary>
    public int Active;

    /// <summary>Those of them that are not <see cref="InterleaveAttribute"/>.</summary>
    public int Exclusive;

    /// <summary>Suspended ticks and notifications: they let nothing in but their own chain.</summary>
    public int Sealed;

    /// <summary>Frames that wait behind the mailbox in <see cref="Wires.Wire.Yield"/>: they let nothing in at all.</summary>
    public int Yielding;

    /// <summary>The call that started when no other was active: continuations that come through the wire's own context belong to it.</summary>
    public WireCall? Primary;

    /// <summary>Calls that wait for active ones to end.</summary>
    public int DeferredCount;

    /// <summary>A call has ended since the deferred ones were last looked at.</summary>
    public bool Ended;

    /// <summary>Why the wire could not be built on its caller's stack.</summary>
    public Exception? AttachFailure;

    public List<Ticker>? Tickers;

    public bool IsBusy => Active > 0 || DeferredCount > 0;

    public bool NeedsService => Ended && DeferredCount > 0;

    public void Defer(WireMessage message)
    {
        message.Next = null;
        if (_deferredLast is null)
        {
            _deferredFirst = message;
        }
        else
        {
            _deferredLast.Next = message;
        }

        _deferredLast = message;
        DeferredCount++;
    }

    /// <summary>Whether <paramref name="caller"/> has an earlier call waiting. Null stands for everybody outside: they cannot be told apart.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="seen">The callers of the calls before the one in question, where a search knows them.</param>
    public bool HasDeferredFrom(Activation? caller, HashSet<object>? seen)
    {
        if (seen is { Count: > 0 })
        {
            return seen.Contains(caller ?? s_outside);
        }

        for (WireMessage? message = _deferredFirst; message is not null; message = message.Next)
        {
            if (message is WireCall call && ReferenceEquals(call.Caller, caller))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes out the first waiting call that may start now.</summary>
    public WireCall? TakeAdmissible(Activation wire)
    {
        bool mayOvertake = wire.Type.HasInterleave || Active > 0;
        WireMessage? previous = null;
        for (WireMessage? message = _deferredFirst; message is not null; previous = message, message = message.Next)
        {
            var call = (WireCall)message;
            if (wire.MayStart_OnTurn(call, isFirst: previous is null, seen: _seen))
            {
                _seen?.Clear();
                Unlink(previous, message);
                return call;
            }

            if (!mayOvertake)
            {
                return null;
            }

            (_seen ??= []).Add(call.Caller ?? s_outside);
        }

        _seen?.Clear();
        return null;
    }

    /// <summary>Takes out all waiting calls.</summary>
    public WireMessage? TakeAll()
    {
        WireMessage? first = _deferredFirst;
        _deferredFirst = _deferredLast = null;
        DeferredCount = 0;
        return first;
    }

    private void Unlink(WireMessage? previous, WireMessage message)
    {
        if (previous is null)
        {
            _deferredFirst = message.Next;
        }
        else
        {
            previous.Next = message.Next;
        }

        if (ReferenceEquals(_deferredLast, message))
        {
            _deferredLast = previous;
        }

        message.Next = null;
        DeferredCount--;
    }
}
