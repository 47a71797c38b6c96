using System.Runtime.InteropServices;
using Wires.Infrastructure;
using Wires.Mobility;

namespace Wires.Mailboxes;

/// <summary>What a wire has only once it was suspended, kept calls waiting, or ticks. Used on turn only.</summary>
internal sealed class ActivationExtras
{
    private static readonly object s_outside = new();

    private WireMessage? _deferredFirst;
    private WireMessage? _deferredLast;

    /// <summary>How many calls of each caller wait; kept where a class has <see cref="InterleaveAttribute"/> methods, which have to ask.</summary>
    private Dictionary<object, int>? _waitingOf;

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

    /// <summary>Waiting calls that might start before an earlier one.</summary>
    private int _overtakers;

    /// <summary>A call has ended since the deferred ones were last looked at.</summary>
    public bool Ended;

    /// <summary>Why the wire could not be built on its caller's stack.</summary>
    public Exception? AttachFailure;

    /// <summary>What the wire brings along from the node that it comes from, until its first turn here.</summary>
    public Migration.Arrival? Arrival;

    /// <summary>Streams that its methods produce and that have not ended.</summary>
    public List<IStreamProducer>? Streams;

    /// <summary>It has called wires of other nodes: its calls may be under way still.</summary>
    public bool HasCalledElsewhere;

    /// <summary>It has come with calls of its own that none of its suspended calls counts as under way for it.</summary>
    public bool HasUncountedCalls;

    public List<Ticker>? Tickers;

    /// <summary>The suspended frames, latest first.</summary>
    public WireFrame? LatestFrame;

    /// <summary>A frame is suspended for the first time.</summary>
    public void Add(WireFrame frame)
    {
        frame.Earlier = LatestFrame;
        if (LatestFrame is { } later)
        {
            later.Later = frame;
        }

        LatestFrame = frame;
    }

    /// <summary>A frame has completed.</summary>
    public void Remove(WireFrame frame)
    {
        if (frame.Earlier is { } earlier)
        {
            earlier.Later = frame.Later;
        }

        if (frame.Later is { } later)
        {
            later.Earlier = frame.Earlier;
            frame.Later = null;
        }
        else if (ReferenceEquals(LatestFrame, frame))
        {
            LatestFrame = frame.Earlier;
        }

        frame.Earlier = null;
    }

    public bool IsBusy => Active > 0 || DeferredCount > 0;

    public bool HasOvertakers => _overtakers > 0;

    public bool NeedsService => Ended && DeferredCount > 0;

    /// <summary>The call that waits longest.</summary>
    public WireCall? FirstDeferred => (WireCall?)_deferredFirst;

    /// <summary>Lets a call wait.</summary>
    public void Defer(WireCall call, WireType type)
    {
        call.Next = null;
        if (_deferredLast is null)
        {
            _deferredFirst = call;
        }
        else
        {
            _deferredLast.Next = call;
        }

        _deferredLast = call;
        DeferredCount++;

        // What its chain would let in was let in when it came, unless the wire was yielding.
        call.MayOvertake = Yielding > 0 || (call.Method.Flags & WireMethodFlags.Interleave) != 0;
        _overtakers += call.MayOvertake ? 1 : 0;
        if (type.HasInterleave)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_waitingOf ??= [], call.Caller ?? s_outside, out _)++;
        }
    }

    /// <summary>Whether <paramref name="caller"/> has an earlier call waiting. Null stands for everybody outside: they cannot be told apart.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="seen">The callers of the calls before the one in question, where a search knows them.</param>
    public bool HasDeferredFrom(Activation? caller, HashSet<object>? seen) =>
        seen is not null ? seen.Contains(caller ?? s_outside) : _waitingOf is not null && _waitingOf.ContainsKey(caller ?? s_outside);

    /// <summary>Takes out the call that waits longest.</summary>
    public WireCall TakeFirst()
    {
        var call = (WireCall)_deferredFirst!;
        Unlink(null, call);
        return call;
    }

    /// <summary>Takes out, one after another in one pass, the calls behind the first that may start all the same.</summary>
    public IEnumerable<WireCall> TakeOvertakers(Activation wire)
    {
        HashSet<object> seen = _seen ??= [];
        WireMessage? previous = _deferredFirst;
        if (previous is null || _overtakers == 0)
        {
            yield break;
        }

        seen.Add(FirstDeferred!.Caller ?? s_outside);
        WireMessage? message = previous.Next;
        while (message is not null && _overtakers > 0)
        {
            var call = (WireCall)message;
            message = message.Next;
            if (call.MayOvertake && wire.MayStart_OnTurn(call, isFirst: false, seen))
            {
                Unlink(previous, call);
                yield return call;
            }
            else
            {
                seen.Add(call.Caller ?? s_outside);
                previous = call;
            }
        }

        seen.Clear();
    }

    /// <summary>Takes out all waiting calls.</summary>
    public WireMessage? TakeAll()
    {
        WireMessage? first = _deferredFirst;
        _deferredFirst = _deferredLast = null;
        DeferredCount = 0;
        _overtakers = 0;
        _waitingOf?.Clear();
        return first;
    }

    private void Unlink(WireMessage? previous, WireCall message)
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
        _overtakers -= message.MayOvertake ? 1 : 0;
        if (_waitingOf is not null)
        {
            object caller = message.Caller ?? s_outside;
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_waitingOf, caller, out _) == 0)
            {
                _waitingOf.Remove(caller);
            }
        }
    }
}
