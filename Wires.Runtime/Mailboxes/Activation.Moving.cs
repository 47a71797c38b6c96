using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Migration;
using Wires.Mobility;
using Wires.Mobility.Stacks;
using Wires.Serialization.Images;

namespace Wires.Mailboxes;

// How a wire leaves for another node, and how it comes from one.
internal sealed partial class Activation
{
    /// <summary>The name of the node where the wire came to life, or has settled since: it serves the wire's <see cref="HomeAttribute"/> interfaces.</summary>
    internal string Home => AsideOrNull?.Home ?? Node.Name;

    /// <summary>Whether the wire lives on that node.</summary>
    internal bool IsAtHome => AsideOrNull?.Home is null;

    /// <summary>Names the wire's home.</summary>
    internal void SetHome(string name)
    {
        string? away = string.Equals(name, Node.Name, StringComparison.Ordinal) ? null : name;
        if (away is not null || AsideOrNull is not null)
        {
            Aside.Home = away;
        }
    }

    /// <summary>Whether the wire could move now, or what keeps it.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not reached where code cannot be made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    internal PinReason GetPin_OnTurn()
    {
        if (Type.IsDeputy)
        {
            return PinReason.Deputy;
        }

        if (_extras is not { } extras)
        {
            return PinReason.None;
        }

        int travelling = 0;
        for (WireFrame? frame = extras.LatestFrame; frame is not null; frame = frame.Earlier)
        {
            if (!RuntimeFeature.IsDynamicCodeSupported)
            {
                return new PinReason(PinKind.Suspended, $"{frame.Call?.Method.Signature ?? "a method"} is suspended at an await, and this application is compiled to native code: it moves once its methods have ended");
            }

            if (!FrameAccess.MayMove(frame))
            {
                return new PinReason(PinKind.Suspended, $"{frame.Call?.Method.Signature ?? "a method"} awaits something that is no wire call, item of a wire's stream, Wire.Delay, Wire.Yield or WireTask, and may be the wire's own: it moves once that has completed");
            }

            travelling += frame.WaitingCall is null ? 0 : 1;
        }

        if (extras.Streams?.Find(static stream => !stream.StandsAtYield || !RuntimeFeature.IsDynamicCodeSupported) is { } stream)
        {
            return new PinReason(PinKind.Streaming, $"the stream {stream.Method.Signature} is suspended at an await: it moves once that stands at a yield");
        }

        if (extras.Active > travelling)
        {
            string method = extras.Primary?.Method.Signature ?? "a method";
            return new PinReason(PinKind.Suspended, $"{method} is suspended at an await and returns Task or ValueTask: it moves once it has ended; a WireTask would go along");
        }

        return extras.AttachFailure is not null || extras.Arrival is not null ? new PinReason(PinKind.NotHere, "it is only just coming to life") : PinReason.None;
    }

    /// <summary>The streams that its methods produce.</summary>
    internal IReadOnlyList<IStreamProducer> Streams_OnTurn => _extras?.Streams ?? (IReadOnlyList<IStreamProducer>)[];

    /// <summary>A move has come to nothing: streams that have stood still for it go on.</summary>
    internal void GoOnWithStreams_OnTurn() => _extras?.Streams?.ForEach(static stream => stream.GoOn_OnTurn());

    /// <summary>The frame that was suspended last; null for none.</summary>
    internal WireFrame? LatestFrame_OnTurn => _extras?.LatestFrame;

    /// <summary>How many calls are suspended.</summary>
    internal int SuspendedCalls_OnTurn => _extras?.Active ?? 0;

    /// <summary>Whether calls that it has made may still be under way to wires of other nodes.</summary>
    internal bool HasCalledElsewhere_OnTurn => _extras is { HasCalledElsewhere: true };

    /// <summary>Whether it may have calls under way that none of its suspended calls counts.</summary>
    internal bool HasUncountedCalls_OnTurn => _extras is { HasUncountedCalls: true };

    private const byte NotQueued = 0;
    private const byte Queued = 1;
    private const byte Taken = 2;

    /// <summary>
    /// Takes the turn of a wire that has used its slice up and waits for another one behind all others, and runs it now. Where many wires are always busy, one that is to move would have to wait
    /// for all of them just to stand still.
    /// </summary>
    /// <remarks>What is in the scheduler's queue then is a turn too many: the next one that comes from there does nothing. Before that its turn cannot be taken again, so there is never more than one.</remarks>
    public void TryTakeWaitingTurn()
    {
        if (Volatile.Read(ref _queued) == Queued && Interlocked.CompareExchange(ref _queued, Taken, Queued) == Queued)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static wire =>
                {
                    WireThread thread = WireThread.Current;
                    wire.RunSliceNow(thread);
                    Scheduler.Leave(thread);
                },
                this,
                preferLocal: true);
        }
    }

    /// <summary>Whether something has come for it, seen by others than the owner of its turn.</summary>
    internal bool HasMail => Volatile.Read(ref Head) is { Depth: >= 0 } || HasWaitingSenders;

    /// <summary>Does something before what waits already.</summary>
    internal void PutFirst_OnTurn(Action<Activation> action) => _taken = new LifeRequest(action) { Next = _taken };

    /// <summary>For each timer, until its next tick.</summary>
    internal TimeSpan[] RemainingTicks_OnTurn() => _extras?.Tickers is { } tickers ? [.. tickers.Select(static ticker => ticker.Remaining)] : [];

    /// <summary>The wire is another node's from now on.</summary>
    /// <returns>What waited, oldest first; nothing more comes.</returns>
    internal WireMessage? Close_OnTurn()
    {
        StopTicks_OnTurn();

        // Those that had to wait came first.
        WireMessage? first = _extras?.TakeAll() is { } deferred ? Append(deferred, _taken) : _taken;
        _taken = null;
        WireMessage? newest = Interlocked.Exchange(ref Head, MailboxState.Closed);
        WireMessage? oldest = null;
        while (newest is not null)
        {
            WireMessage? next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        _backlog = 0;
        Node.Directory.Remove(this);
        return first is null ? oldest : Append(first, oldest);
    }

    private static WireMessage Append(WireMessage first, WireMessage? rest)
    {
        WireMessage last = first;
        while (last.Next is not null)
        {
            last = last.Next;
        }

        last.Next = rest;
        return first;
    }

    /// <summary>After <see cref="Close_OnTurn"/>: ends the object that stays behind, and sends those away who wait for room.</summary>
    internal void LeaveBehind_OnTurn()
    {
        AsideOrNull?.WaitingRoom?.Admit(this);
        if (Wire is not null)
        {
            FinishDetach_OnTurn();
        }
    }

    /// <summary>Builds the object of a wire that comes from another node. Nothing runs before <see cref="Arrive_OnTurn"/>.</summary>
    /// <exception cref="Exception">The constructor failed, or the state cannot be read.</exception>
    internal object Rebuild_OnTurn(ReadOnlySpan<byte> state, out RebuiltStack? stack)
    {
        WireThread thread = WireThread.Current;
        SynchronizationContext? outer = Current;
        thread.Activation = this;
        SetSynchronizationContext(this);
        try
        {
            object wire = Type.Create(Node.Services);
            stack = MigrationImage.Read(this, wire, state);
            return wire;
        }
        finally
        {
            thread.Activation = null;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Lets a wire run that has come here, before the calls that have waited for it. The caller owns the turn.</summary>
    internal void Release_OnTurn(Arrival arrival)
    {
        if (!arrival.IsUnborn)
        {
            Extras_OnTurn.Arrival = arrival;
        }

        _taken = Take_OnTurn(mask: 0) is { } waiting ? PutFollowersFirst(waiting, arrival.From) : null;
        PutFirst_OnTurn(static _ => { });
        Node.Scheduler.Schedule(this);
    }

    /// <summary>What has waited for the wire where it was comes before what was sent here: its callers may have come along, or may have learnt of the wire's new place, and said more by now.</summary>
    private WireMessage PutFollowersFirst(WireMessage oldest, long from)
    {
        var followers = new List<WireMessage>();
        var others = new List<WireMessage>();
        for (WireMessage? message = oldest; message is not null; message = message.Next)
        {
            bool follows = message is WireCall { Origin: Remoting.Inbound origin } && origin.Connection.Peer.Incarnation == from;
            (follows ? followers : others).Add(message);
        }

        WireMessage? rest = null;
        int depth = _takenDepth = followers.Count + others.Count;
        foreach (WireMessage message in others.AsEnumerable().Reverse().Concat(followers.AsEnumerable().Reverse()))
        {
            (message.Next, message.Depth) = (rest, depth--);
            rest = message;
        }

        return rest!;
    }

    private void Arrive_OnTurn(Arrival arrival)
    {
        Wire = arrival.Wire;
        Node.Attached(this);
        arrival.Stack?.Start_OnTurn(this, arrival.From);
        StartTicks_OnTurn(arrival.Ticks.Length > 0 ? arrival.Ticks : null, arrival.Stack?.Ticks);
        NotifyAttached_OnTurn(AttachReason.Moved);
    }
}
