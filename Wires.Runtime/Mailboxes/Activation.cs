using System.Diagnostics;
using System.Runtime.CompilerServices;
using Wires.Directories;
using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>One live wire on this node: its object, its mailbox and the calls that are active in it.</summary>
/// <remarks>
/// It is its own work item, and its own <see cref="SynchronizationContext"/>, so that the continuations of whatever its code awaits come back as turns.
/// Members named <c>_OnTurn</c> may be used by the owner of the current turn only; the rest by any thread.
/// </remarks>
internal sealed partial class Activation : SynchronizationContext, IThreadPoolWorkItem
{
    /// <summary>Messages in a row before the clock is looked at.</summary>
    private const int SliceMessages = 64;

    /// <summary>Who goes on by itself has a message to itself among so many.</summary>
    private const int OwnWithin = 8;

    /// <summary>After so long a worker goes on to the next wire.</summary>
    private const int SliceMilliseconds = 2;

    /// <summary>The mailbox's one word: see <see cref="MailboxState"/>.</summary>
    internal WireMessage? Head;

    /// <summary>The user's object; null until attached.</summary>
    internal object? Wire;

    internal readonly WireHandle Handle;

    /// <summary>How long the node may run it. Another one only after a move that came to nothing.</summary>
    internal NodeLife Life;

    /// <summary>The call whose code the current turn runs. Null in an inlined turn until somebody needs it: <see cref="GetCurrentCall_OnTurn"/>.</summary>
    private WireCall? _current;

    /// <summary>The wire on whose stack the current turn runs.</summary>
    internal Activation? InlinedFrom;

    /// <summary>Messages taken from the mailbox and not yet run, oldest first.</summary>
    private WireMessage? _taken;

    /// <summary>What only wires that suspend, wait or tick have.</summary>
    private ActivationExtras? _extras;

    /// <summary>Bounded messages taken and not yet run, and calls kept waiting: what a sender adds to the chain's depth. Written on turn, read by all.</summary>
    private int _backlog;

    /// <summary>The depth of the chain that <see cref="_taken"/> was.</summary>
    private int _takenDepth;

    /// <summary>Scans of the idle sweeper since the last turn.</summary>
    internal ushort IdleScans;

    private readonly int _capacity;

    /// <summary>The method of an inlined turn; null in any other.</summary>
    internal WireMethod? InlinedMethod;

    /// <summary>What few wires have, and other threads give them.</summary>
    private ActivationAside? _aside;

    private ActivationFlags _flags;

    /// <summary>Where its turn is once it has used a slice up: see <see cref="TryTakeWaitingTurn"/>.</summary>
    private byte _queued;

    /// <summary>Turns that the watchdog caught; written by it alone.</summary>
    internal byte GreedyTurns;

    public Activation(WireHandle handle, NodeLife life)
    {
        Handle = handle;
        Life = life;
        _capacity = handle.Node.CapacityOf(handle.Type);
    }

    public WireNode Node => Handle.Node;

    public WireType Type => Handle.Type;

    public WireId Id => Handle.Id;

    /// <summary>Whether the next turn is known to take long, or not known to be short.</summary>
    internal bool IsNextLong_OnTurn => _taken is WireCall { Method.MayRunInline: false } and not Ask { IsAnswer: true };

    internal ActivationExtras Extras_OnTurn => _extras ??= new ActivationExtras();

    /// <summary>How many messages wait, roughly.</summary>
    public int Depth
    {
        get
        {
            WireMessage? head = Volatile.Read(ref Head);
            return Volatile.Read(ref _backlog) + (head is { Depth: > 0 } ? head.Depth : 0);
        }
    }

    public bool IsClosed => ReferenceEquals(Volatile.Read(ref Head), MailboxState.Closed);

    /// <summary>Whether nothing runs, waits or is suspended here.</summary>
    public bool IsAtRest => Volatile.Read(ref Head) is { } head && (ReferenceEquals(head, MailboxState.Idle) || ReferenceEquals(head, MailboxState.Guarded) || ReferenceEquals(head, MailboxState.Closed));

    /// <summary>Whether this thread runs a turn of this wire.</summary>
    public bool IsCurrent => ReferenceEquals(WireThread.TryCurrent?.Activation, this);

    /// <summary>What runs, as seen from another thread: a guess.</summary>
    internal WireMethod? RunningMethod => InlinedMethod ?? _current?.Method;

    /// <summary>Whether one-way callers wait for room; later ones of theirs must queue behind.</summary>
    internal bool HasWaitingSenders => Volatile.Read(ref _aside) is { WaitingRoom: { Count: > 0 } };

    internal WaitingRoom WaitingRoom => Aside.GetWaitingRoom();

    /// <summary>The thread that this wire runs on, once it has held others too long.</summary>
    internal GreedyLane? Lane
    {
        get => _aside?.Lane;
        set => Aside.Lane = value;
    }

    internal ActivationAside Aside => _aside ?? Interlocked.CompareExchange(ref _aside, new ActivationAside(), null) ?? _aside!;

    internal ActivationAside? AsideOrNull => Volatile.Read(ref _aside);

    /// <summary>Queues a message; any thread.</summary>
    /// <param name="message">The message; the mailbox owns it if the answer is <see cref="PostResult.Queued"/>.</param>
    /// <param name="bounded">Whether it counts, and is refused when the mailbox is full.</param>
    public PostResult Post(WireMessage message, bool bounded)
    {
        while (true)
        {
            WireMessage? head = Volatile.Read(ref Head);
            if (head is not { Depth: < 0 })
            {
                int depth = head is null ? 0 : head.Depth;
                if (bounded && depth + Volatile.Read(ref _backlog) >= _capacity)
                {
                    return PostResult.Full;
                }

                message.Depth = bounded ? depth + 1 : depth;
                message.Next = head;
                if (ReferenceEquals(Interlocked.CompareExchange(ref Head, message, head), head))
                {
                    return PostResult.Queued;
                }
            }
            else if (ReferenceEquals(head, MailboxState.Closed))
            {
                return PostResult.Closed;
            }
            else
            {
                if (bounded && Volatile.Read(ref _backlog) >= _capacity)
                {
                    return PostResult.Full;
                }

                // Idle or suspended: whoever replaces the mark owns the next turn, and so may hand the message over as if the turn had taken it already.
                // That spares the turn an exchange.
                if (ReferenceEquals(Interlocked.CompareExchange(ref Head, null, head), head))
                {
                    message.Depth = bounded ? 1 : 0;
                    message.Next = null;
                    _takenDepth = message.Depth;
                    _taken = message;
                    Node.Scheduler.Schedule(this);
                    return PostResult.Queued;
                }
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => Scheduler.Run(this);

    /// <summary>
    /// Runs turns until the mailbox is empty or the slice is over. The caller owns the turn. The thread stays marked as this wire's: whoever called cleans it
    /// before anything but another slice runs on it (<see cref="Scheduler.Leave"/>).
    /// </summary>
    internal void RunSlice(WireThread thread)
    {
        if (_queued != NotQueued)
        {
            thread.Fair++;
            if (Interlocked.Exchange(ref _queued, NotQueued) == Taken)
            {
                return;
            }
        }

        RunSliceNow(thread);
    }

    private void RunSliceNow(WireThread thread)
    {
        if (_aside?.Account is not { IsExact: true } account)
        {
            RunSliceCore(thread, out _);
            return;
        }

        long started = account.BeginSlice();
        int turns = RunSliceCore(thread, out SliceEnd end);
        account.EndSlice(started, turns, end);
    }

    private int RunSliceCore(WireThread thread, out SliceEnd end)
    {
        end = SliceEnd.Rested;
        thread.Activation = this;
        IdleScans = 0;
        SetSynchronizationContext(this);
        long deadline = 0;
        long coarse = Clock.Coarse;
        int count = 0;
        int turns = 0;

        // Senders look at the backlog in the line that they write to: it is not written for every message unless the mailbox is small.
        int mask = _capacity switch { >= 1024 => 63, >= 128 => 7, _ => 0 };
        if (Wire is not null && _extras is { NeedsService: true })
        {
            // An inlined turn left this for us.
            EndTurn_OnTurn(thread);
        }

        while (true)
        {
            if (_aside is { Departure: { } departure } && departure.TryFreeze_OnTurn(this))
            {
                // The turn is the departure's: it schedules the wire again, here or elsewhere.
                end = SliceEnd.Frozen;
                return turns;
            }

            if (Wire is null && !IsEmpty_OnTurn)
            {
                if (Life.IsOver)
                {
                    DiscardAll_OnTurn(Node.StoppedException());
                    continue;
                }

                // New, or called between its last turn and the door: then it comes back to life in the same place, so that no call overtakes another.
                Attach_OnTurn(thread);
            }

            if (Wire is null)
            {
                if (TryRest_OnTurn())
                {
                    return turns;
                }

                continue;
            }

            WireMessage? message = _taken;
            if (message is null)
            {
                message = Take_OnTurn(mask);
                if (message is null)
                {
                    if (TryRest_OnTurn())
                    {
                        return turns;
                    }

                    continue;
                }
            }

            _taken = message.Next;
            message.Next = null;
            if ((count & mask) == mask)
            {
                _backlog = _takenDepth - message.Depth + (_extras?.DeferredCount ?? 0);
            }

            if (Life.IsOver)
            {
                // The node's lease has ended: the cluster may have brought this wire to life elsewhere.
                message.Next = _taken;
                _taken = message;
                Abandon_OnTurn(Node.StoppedException());
                continue;
            }

            turns++;
            if ((++thread.Turns & MethodProfile.SampleMask) != 0)
            {
                message.Process_OnTurn(this);
            }
            else
            {
                ProcessTimed_OnTurn(thread, message);
            }

            EndTurn_OnTurn(thread);
            // A tick of the coarse clock ends a slice of few long turns, as the true clock ends one of many short ones: that would be too dear to look at after each turn.
            bool hasTicked = Clock.Coarse != coarse;
            if (++count >= SliceMessages || hasTicked || _extras is { Yielding: > 0 })
            {
                count = 0;
                if (_aside?.WaitingRoom is { Count: > 0 } room && Depth <= _capacity / 2)
                {
                    room.Admit(this);
                }

                if (hasTicked)
                {
                    Node.Cluster?.Balancing?.Work.Caught(this);
                    if (!IsEmpty_OnTurn)
                    {
                        end = GiveWay_OnTurn(mask);
                        return turns;
                    }

                    coarse = Clock.Coarse;
                }

                // The clock starts with the first full round: most slices are a message or two long.
                long now = Environment.TickCount64;
                if (deadline == 0)
                {
                    deadline = now + SliceMilliseconds;
                }
                else if (now >= deadline)
                {
                    end = GiveWay_OnTurn(mask);
                    return turns;
                }
            }
        }
    }

    /// <summary>The slice is over, and something is left to do. The turn is another thread's afterwards.</summary>
    private SliceEnd GiveWay_OnTurn(int mask)
    {
        if (mask != 0 && _taken is { } waiting)
        {
            // A slice of few messages ends before they are counted.
            _backlog = _takenDepth - waiting.Depth + 1 + (_extras?.DeferredCount ?? 0);
        }

        bool drivesItself = _extras is { Yielding: > 0 } || HasOwn(_taken) || HasOwn(Volatile.Read(ref Head));
        if (_aside?.Account is { IsExact: true } account)
        {
            // Perhaps since this very slice, which then was not measured.
            account.DrivesItself = drivesItself;
        }

        // Unless a turn too many is still under way there.
        Interlocked.CompareExchange(ref _queued, Queued, NotQueued);
        Node.Scheduler.ScheduleFairly(this, drivesItself);
        return drivesItself ? SliceEnd.DrivesItself : SliceEnd.GaveWay;
    }

    /// <summary>Whether the wire has sent one of these messages to itself; the first few tell.</summary>
    private bool HasOwn(WireMessage? message)
    {
        for (int i = 0; message is not null && i < OwnWithin; i++, message = message.Next)
        {
            if (message is OneWayCall { Caller: { } caller } && ReferenceEquals(caller, this))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ProcessTimed_OnTurn(WireThread thread, WireMessage message)
    {
        if (Node.Cluster?.Balancing is { } balancing)
        {
            // The message is somebody else's afterwards.
            balancing.Work.Met(this, message);
            long started = Stopwatch.GetTimestamp();
            message.Process_OnTurn(this);
            balancing.Work.Queued(this, Stopwatch.GetTimestamp() - started);
        }
        else
        {
            message.Process_OnTurn(this);
        }

        thread.JumpTurns();
    }

    /// <summary>What wire code may have left on the thread must not reach the next turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndTurn_OnTurn(WireThread thread)
    {
        ClearTurn_OnTurn();
        if (_extras is { NeedsService: true } extras)
        {
            Serve_OnTurn(thread, extras);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ClearTurn_OnTurn()
    {
        _current = null;
        if (!ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext))
        {
            ResetContext(WireThread.DefaultContext);
        }

        if ((_flags & ActivationFlags.ForeignContext) != 0)
        {
            _flags &= ~ActivationFlags.ForeignContext;
            SetSynchronizationContext(this);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ResetContext(ExecutionContext context)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            ExecutionContext.RestoreFlow();
        }

        ExecutionContext.Restore(context);
    }

    private bool IsEmpty_OnTurn => _taken is null && Volatile.Read(ref Head) is null && _extras is not { DeferredCount: > 0 };

    /// <summary>Takes all that has come, oldest first.</summary>
    private WireMessage? Take_OnTurn(int mask)
    {
        if (Volatile.Read(ref Head) is null)
        {
            return null;
        }

        WireMessage? newest = Interlocked.Exchange(ref Head, null);
        _takenDepth = newest!.Depth;

        // The senders' bound is the chain's depth plus this. It may read a little low, which lets a few messages too many in, never too few.
        if (_takenDepth > mask)
        {
            _backlog = _takenDepth + (_extras?.DeferredCount ?? 0);
        }

        WireMessage? oldest = null;
        while (newest is not null)
        {
            WireMessage? next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    /// <summary>Gives the turn up if nothing more has come.</summary>
    private bool TryRest_OnTurn()
    {
        int backlog = _extras?.DeferredCount ?? 0;
        if (_backlog != backlog)
        {
            // A sender counts itself in before it looks at the backlog for the last time, so the other way round here: it finds room, or we find it waiting.
            _backlog = backlog;
            Interlocked.MemoryBarrier();
        }

        MailboxState rest = RestState_OnTurn();

        // After the exchange another thread may own the turn: only what is safe on any thread may follow.
        if (Interlocked.CompareExchange(ref Head, rest, null) is null)
        {
            // After the exchange, not before: a sender that found the mailbox full publishes itself first and looks again after.
            if (Volatile.Read(ref _aside)?.WaitingRoom is { Count: > 0 } room)
            {
                room.Admit(this);
            }

            if (ReferenceEquals(rest, MailboxState.Closed))
            {
                Node.Directory.Remove(this);
                AsideOrNull?.Departure?.WireEnded();
                Node.Cluster?.Left(Handle);
            }

            return true;
        }

        return false;
    }

    private MailboxState RestState_OnTurn() =>
        _extras is { IsBusy: true } ? MailboxState.Suspended
        : Wire is null ? MailboxState.Closed
        : Lane is not null || HasWaitingSenders || Node.IsGuarded ? MailboxState.Guarded
        : MailboxState.Idle;

    /// <summary>Forgets whose stack the turn ran on.</summary>
    internal void EndInlined_OnTurn()
    {
        _current = null;
        _flags &= ~ActivationFlags.ForeignContext;
        InlinedFrom = null;
        InlinedMethod = null;
    }

    /// <summary>The end of an inlined turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ReleaseInlined()
    {
        if (Interlocked.CompareExchange(ref Head, MailboxState.Idle, null) is not null)
        {
            Node.Scheduler.Schedule(this);
        }
    }

    /// <summary>As <see cref="ReleaseInlined"/>, where calls may have been left suspended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void ReleaseInlinedSlow()
    {
        if (_extras is { NeedsService: true } || Interlocked.CompareExchange(ref Head, RestState_OnTurn(), null) is not null)
        {
            Node.Scheduler.Schedule(this);
        }
    }
}
