using System.Threading.Tasks.Sources;
using Wires.Mailboxes;
using Wires.Mobility;

namespace Wires.Infrastructure;

// How the caller waits, and how answer, time-out and cancellation are kept apart.
public abstract partial class Ask : IThreadPoolWorkItem
{
    private const int ClaimShift = 2;
    private const int ClaimMask = 3;
    private const int ClaimStarted = 1;
    private const int ClaimDone = 2;

    /// <summary>Stands in <see cref="_continuation"/> of an outside call that has completed: nothing else tells, so nothing is touched after it is written.</summary>
    private static readonly object s_completed = new();

    /// <summary>The token of this use, and how far it has come: interlocked where others than the holder may complete it.</summary>
    private int _claim;

    private object? _continuation;
    private object? _state;

    /// <summary>The frame that waits, when it is one of ours: resumed without going through its delegate.</summary>
    private WireFrame? _frame;

    /// <summary>The call of the caller whose code waits.</summary>
    private WireCall? _waiterCall;

    private Action<object?>? _scheduled;
    private object? _capturedContext;
    private CancellationTokenRegistration _registration;

    /// <summary>Whether <see cref="AskRegistry"/> knows of it.</summary>
    internal bool IsRegistered;

    /// <summary>Will not be used again.</summary>
    internal bool IsDropped;

    /// <summary>Scans in a row that found the same use of it completed and not taken.</summary>
    private int _unclaimedScans;

    /// <summary>The use that they found.</summary>
    private short _unclaimed;

    private short _noticeFor = -1;

    /// <summary>Why the caller stopped waiting. Apart from what the target writes, which may still come; the object is never used again.</summary>
    private Exception? _givenUp;

    /// <summary>The status, for the <see cref="ValueTask"/>.</summary>
    private protected ValueTaskSourceStatus StatusOf(short token)
    {
        Validate(token);
        if (Caller is not null)
        {
            return _status;
        }

        if (!ReferenceEquals(Volatile.Read(ref _continuation), s_completed))
        {
            return ValueTaskSourceStatus.Pending;
        }

        return _givenUp is null ? _outcome : _givenUp is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    private protected void Validate(short token)
    {
        if (token != Token)
        {
            throw new InvalidOperationException("This ValueTask was awaited before. Await the result of a call once, or turn it into a Task by AsTask().");
        }
    }

    /// <summary>Registers the caller's continuation.</summary>
    private protected void Await(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Validate(token);
        if (Caller is null)
        {
            AwaitOutside(continuation, state, flags);
            return;
        }

        WireThread thread = WireThread.Current;
        if (!ReferenceEquals(thread.Activation, Caller) || _status != ValueTaskSourceStatus.Pending)
        {
            AwaitLate(continuation, state, token, flags, isOurTurn: ReferenceEquals(thread.Activation, Caller));
            return;
        }

        if (thread.Suspending is { } frame && ReferenceEquals(state, frame.ResumeAction))
        {
            _frame = frame;
            frame.Awaited = this;
            return;
        }

        _waiterCall = Caller.CurrentCall_OnTurn;
        _state = state;
        _continuation = continuation;
    }

    // Apart from Await, because a method with closures allocates them on every path.
    private void AwaitLate(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags, bool isOurTurn)
    {
        if (isOurTurn)
        {
            Caller!.PostContinuation(s => continuation(s), state, Caller.CurrentCall_OnTurn, primary: false);
        }
        else
        {
            // Given away to another thread: register in a turn, where the answer comes too, and go on outside.
            Action<object?> outside = s => ThreadPool.UnsafeQueueUserWorkItem(continuation, s, preferLocal: PoolProbe.PrefersOwn);
            Caller!.PostContinuation(_ => Await(outside, state, token, flags), null, call: null, primary: false);
        }
    }

    private void AwaitOutside(Action<object?> continuation, object? state, ValueTaskSourceOnCompletedFlags flags)
    {
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
        {
            continuation = WithContext(continuation);
        }

        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
        {
            if (SynchronizationContext.Current is { } current && current.GetType() != typeof(SynchronizationContext))
            {
                _capturedContext = current;
            }
            else if (TaskScheduler.Current != TaskScheduler.Default)
            {
                _capturedContext = TaskScheduler.Current;
            }
        }

        _state = state;
        _scheduled = continuation;
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
        {
            ScheduleContinuation();
        }
    }

    private static Action<object?> WithContext(Action<object?> continuation)
    {
        if (ExecutionContext.Capture() is not { } context)
        {
            return continuation;
        }

        return state => ExecutionContext.Run(context, s => continuation(s), state);
    }

    /// <summary>Completes a call from outside, unless somebody else has.</summary>
    private void CompleteOutside(int claim)
    {
        if (!TryClaim(Token, claim))
        {
            return;
        }

        _registration.Unregister();
        PublishOutside();
    }

    /// <summary>Whoever has claimed the object makes it complete.</summary>
    private void PublishOutside()
    {
        if (Interlocked.CompareExchange(ref _continuation, s_completed, null) is not null)
        {
            // The consumer waits for its continuation now and touches nothing else.
            Volatile.Write(ref _continuation, s_completed);
            ScheduleContinuation();
        }
    }

    private void ScheduleContinuation()
    {
        switch (_capturedContext)
        {
            case null:
                Scheduler.ScheduleOutside(this);
                break;
            case SynchronizationContext context:
                _capturedContext = null;
                context.Post(static call => ((Ask)call!).RunContinuation(), this);
                break;
            case TaskScheduler scheduler:
                _capturedContext = null;
                _ = Task.Factory.StartNew(static call => ((Ask)call!).RunContinuation(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
        }
    }

    void IThreadPoolWorkItem.Execute() => RunContinuation();

    private void RunContinuation()
    {
        Action<object?> continuation = _scheduled!;
        object? state = _state;
        _scheduled = null;
        _state = null;
        continuation(state);
    }

    /// <summary>Wins the right to complete this use of the object.</summary>
    private bool TryClaim(short token, int claim)
    {
        while (true)
        {
            int seen = Volatile.Read(ref _claim);
            if ((short)(seen >> ClaimShift) != token || (seen & ClaimDone) != 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _claim, (seen & ~ClaimMask) | claim, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>From here on a cancellation is the method's business.</summary>
    private bool TryStart()
    {
        int fresh = (ushort)Token << ClaimShift;
        return Interlocked.CompareExchange(ref _claim, fresh | ClaimStarted, fresh) == fresh;
    }

    /// <summary>Completes the call early if it is cancelled before it starts.</summary>
    private bool TryWatch(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        Cancellation = cancellation;

        // Its holder may be gone by the time the token fires: the object must not have become another call.
        IsRetained = true;
        short token = Token;
        _registration = cancellation.UnsafeRegister(_ => CancelWaiting(token, cancellation), null);
        return true;
    }

    private void CancelWaiting(short token, CancellationToken cancellation)
    {
        if (TryCancelRemote(token))
        {
            return;
        }

        int fresh = (ushort)token << ClaimShift;
        if (Interlocked.CompareExchange(ref _claim, fresh | ClaimDone, fresh) != fresh)
        {
            return;
        }

        if (Caller is not null)
        {
            Caller.PostContinuation(_ => GiveUp_OnTurn(token, new OperationCanceledException(cancellation), ValueTaskSourceStatus.Canceled), null, call: null, primary: false);
            return;
        }

        _givenUp = new OperationCanceledException(cancellation);
        PublishOutside();
    }

    /// <summary>Looks whether the deadline has passed; called now and then by the sweeper, on its own thread.</summary>
    /// <returns>Whether the object is still of interest to the registry.</returns>
    internal bool Sweep()
    {
        if (IsDropped)
        {
            return false;
        }

        if (!InUse)
        {
            _unclaimedScans = 0;
            return true;
        }

        short token = Token;
        if (!IsPending)
        {
            return !IsAbandoned(token);
        }

        _unclaimedScans = 0;
        WireHandle? handle = Handle;
        if (Caller is { IsClosed: true } left)
        {
            // Its node stopped without waiting: nobody will ask for the answer. Unless the wire waits elsewhere.
            return left.AsideOrNull?.Deputies?.Holds(this) ?? false;
        }

        if (handle is null || Deadline >= handle.Node.Now || _noticeFor == token)
        {
            return true;
        }

        if (Caller is { } caller)
        {
            _noticeFor = token;
            NotifyOfDeadline(caller, token);
        }
        else
        {
            GiveUpOutside(token, static (call, handle) => Faults.TimedOut(call, Faults.DescribeState(handle)), handle);
        }

        return true;
    }

    /// <summary>Completed and never awaited: the garbage collector may have it.</summary>
    /// <remarks>
    /// A busy object is completed and not yet taken each time that a scan happens to look, but of another use each time. And it may be taken, and sent again, in the moment in
    /// which it is forgotten: an answer would find nothing, and no deadline would be kept. So the scan before keeps it from its pool: whoever takes it from then on sends it no more.
    /// </remarks>
    private bool IsAbandoned(short token)
    {
        if (_unclaimedScans == 0 || _unclaimed != token)
        {
            _unclaimed = token;
            _unclaimedScans = 1;
            return false;
        }

        IsRetained = true;
        return ++_unclaimedScans > 2;
    }

    /// <summary>Whether a wire has made it, and has not taken the outcome.</summary>
    internal bool IsHeldBy(Activation caller) => InUse && !IsDropped && ReferenceEquals(Caller, caller);

    /// <summary>Whether a method that has not ended may yet take the outcome.</summary>
    internal bool MayBeHeld => InUse && !IsDropped && Caller is { IsClosed: false } && Parent is not { IsRetained: true };

    // Apart from Sweep, which would else allocate its closure for every call that it only looks at.
    private void NotifyOfDeadline(Activation caller, short token) =>
        caller.PostContinuation(_ => GiveUp_OnTurn(token, null, ValueTaskSourceStatus.Faulted), null, call: null, primary: false);

    /// <summary>The node will not answer any more; the object stays with whoever holds it.</summary>
    internal void Abandon(WireNode node, Exception reason)
    {
        short token = Token;
        if (InUse && !IsDropped && Caller is null && IsPending && ReferenceEquals(Handle?.Node, node))
        {
            GiveUpOutside(token, static (_, reason) => new WireNodeStoppedException(reason.Message), reason);
        }
    }

    private void GiveUpOutside<TState>(short token, Func<Ask, TState, Exception> reason, TState state)
    {
        if (TryClaim(token, ClaimDone))
        {
            IsRetained = true;
            _givenUp = reason(this, state);
            PublishOutside();
        }
    }

    /// <summary>The caller's turn stops waiting. The target still holds the object, so it is not pooled.</summary>
    private void GiveUp_OnTurn(short token, Exception? error, ValueTaskSourceStatus status)
    {
        if (Token != token || _status != ValueTaskSourceStatus.Pending || Caller is not { } caller || !InUse)
        {
            return;
        }

        IsRetained = true;
        _givenUp = error ?? Faults.TimedOut(this, Faults.DescribeState(Handle!));
        Complete_OnTurn(caller, status);
    }
}
