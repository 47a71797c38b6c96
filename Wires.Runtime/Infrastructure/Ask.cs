using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Wires.Diagnostics;
using Wires.Mobility;

namespace Wires.Infrastructure;

/// <summary>A call that is answered. The same object is the message, the promise that the caller awaits, and the answer that comes back.</summary>
/// <remarks>
/// Called by a wire, it completes in a turn of that wire, by its mailbox: plain fields suffice. Called from outside, answer, time-out and cancellation race:
/// whoever claims it first completes it (<see cref="TryClaim"/>).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class Ask : WireCall
{
    private protected Ask(WireMethod method)
        : base(method)
    {
    }

    /// <summary>Tells uses of this object apart, for the <see cref="ValueTask"/> and for late notices.</summary>
    internal short Token;

    /// <summary>Sent and not yet recycled.</summary>
    internal bool InUse;

    /// <summary>On its way back.</summary>
    private bool _isAnswer;

    /// <summary>What the callee made of it; written by the callee.</summary>
    private ValueTaskSourceStatus _outcome;

    /// <summary>What the caller may see of it; written by the caller's turn. For callers outside <see cref="_continuation"/> tells.</summary>
    private ValueTaskSourceStatus _status;

    private Exception? _error;

    /// <summary>On its way back to the wire that asked.</summary>
    internal bool IsAnswer => _isAnswer;

    internal bool IsPending => Caller is null ? !ReferenceEquals(Volatile.Read(ref _continuation), s_completed) : _status == ValueTaskSourceStatus.Pending;

    /// <summary>The call that is active in the target, where the method began on the caller's stack; null where it is this one.</summary>
    private protected InlinedCall? Inlined;

    /// <summary>The call that is active in the target.</summary>
    internal WireCall Active => ActiveCall;

    private protected WireCall ActiveCall => (WireCall?)Inlined ?? this;

    /// <summary>The method that was called, for messages.</summary>
    internal virtual WireMethod CalledMethod => Method;

    /// <summary>Sends the call. Afterwards the object belongs to the target until it comes back.</summary>
    /// <returns>The token to await it by.</returns>
    private protected short SendCore(WireHandle? target, CancellationToken cancellation)
    {
        WireHandle handle = WireHandle.Require(target);
        Handle = handle;
        short token = Prepare(handle.Node, WireThread.Current.Activation);
        long timeout = handle.EffectiveTimeout;
        if (timeout > 0)
        {
            Deadline = Math.Min(Deadline, handle.Node.Now + timeout);
        }

        if (!ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext) || Telemetry.IsEnabled)
        {
            Telemetry.Sending(this);
        }

        if (Caller is null ? handle.Node.IsStopping : Caller.Life.IsOver)
        {
            CompleteAtOnce(handle.Node.StoppedException());
            return token;
        }

        if (cancellation.CanBeCanceled && !TryWatch(cancellation))
        {
            CompleteAtOnce(new OperationCanceledException(cancellation), ValueTaskSourceStatus.Canceled);
            return token;
        }

        try
        {
            // One-way calls that wait for room are before this one: some may be its own caller's.
            PostResult posted = handle.Plain.Activation is { HasWaitingSenders: true } ? PostResult.Full : handle.Post(this, bounded: true);
            if (posted == PostResult.Full && !PostLetIn(handle))
            {
                CompleteAtOnce(Faults.Overloaded(handle, Method));
            }
        }
        catch (Exception e) when (e is WireException or Serialization.WireSerializationException or Transport.TransportException)
        {
            CompleteAtOnce(Faults.Refusal(e));
        }

        return token;
    }

    /// <summary>Takes the object into use, where another stands for the call in the chain.</summary>
    private protected short PrepareInlined(WireNode node, Activation? caller)
    {
        InUse = true;
        _claim = (ushort)Token << ClaimShift;
        if (!IsRegistered)
        {
            AskRegistry.Add(this);
        }

        if (caller is not null && ReferenceEquals(caller.Node, node))
        {
            Caller = caller;
        }

        return Token;
    }

    /// <summary>Takes the object into use: whose it is and which call it comes from.</summary>
    private short Prepare(WireNode node, Activation? caller)
    {
        PrepareInlined(node, caller);
        if (Caller?.GetCurrentCall_OnTurn() is { } parent)
        {
            Parent = parent;
            parent.Children++;
            Deadline = parent.Deadline;
        }

        return Token;
    }

    /// <summary>A full mailbox still takes calls that its own suspended calls wait for.</summary>
    private bool PostLetIn(WireHandle handle) =>
        Parent is not null && handle.Plain.Activation is { } activation && activation.IsLetIn(this) && handle.Post(this, bounded: false) == PostResult.Queued;

    internal override void Process_OnTurn(Activation wire)
    {
        if (_isAnswer)
        {
            Answered_OnTurn(wire);
        }
        else if (wire.Admits_OnTurn(this))
        {
            Start_OnTurn(wire);
        }
    }

    private protected override bool MayStart(Activation wire)
    {
        if (Cancellation.CanBeCanceled && !TryStart())
        {
            // Cancelled while it waited; the caller knows.
            return false;
        }

        if (Deadline < wire.Node.CoarseNow)
        {
            Answer_OnTurn(Faults.TimedOut(this, "it was still waiting in the mailbox"), ValueTaskSourceStatus.Faulted);
            return false;
        }

        return true;
    }

    internal override void Fail_OnTurn(Exception exception)
    {
        bool canceled = exception is OperationCanceledException;
        Answer_OnTurn(Faults.Capture(exception, this), canceled ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted);
    }

    /// <summary>Ends the call and sends it back. The object is the caller's afterwards.</summary>
    private protected void Answer_OnTurn(Exception? error, ValueTaskSourceStatus outcome)
    {
        _error = error;
        _outcome = outcome;
        WireCall active = ActiveCall;
        Target!.End_OnTurn(active);
        if (active.Children != 0)
        {
            active.IsRetained = true;
        }

        if (active.Context is not null)
        {
            active.Context.End();
            active.Context = null;
        }

        if (active.ChainNumber != 0)
        {
            CallChains.Forget(active);
        }

        if (SentAt != 0)
        {
            Telemetry.Answered(this, error);
        }

        if (Origin is not null)
        {
            AnswerOrigin(error);
            return;
        }

        if (Caller is null)
        {
            CompleteOutside(ClaimDone);
            return;
        }

        AnswerCaller();
    }

    /// <summary>The answer has come back to the wire that asked.</summary>
    private void Answered_OnTurn(Activation wire)
    {
        if (_status != ValueTaskSourceStatus.Pending)
        {
            // Timed out or cancelled before; nobody looks at it any more.
            return;
        }

        Complete_OnTurn(wire, _outcome);
    }

    private void Complete_OnTurn(Activation wire, ValueTaskSourceStatus status)
    {
        _status = status;
        if (Cancellation.CanBeCanceled)
        {
            _registration.Unregister();
        }

        if (_frame is { } frame)
        {
            _frame = null;
            wire.Enter_OnTurn(frame.Call);
            frame.Resume_OnTurn();
        }
        else if (_continuation is Action<object?> continuation)
        {
            object? state = _state;
            _continuation = null;
            _state = null;
            wire.Enter_OnTurn(_waiterCall);
            _waiterCall = null;
            continuation(state);
        }
    }

    /// <summary>The call was never sent; the holder is still the caller.</summary>
    private void CompleteAtOnce(Exception error, ValueTaskSourceStatus status = ValueTaskSourceStatus.Faulted)
    {
        _error = error;
        _outcome = status;
        if (Caller is null)
        {
            CompleteOutside(ClaimDone);
        }
        else
        {
            _registration.Unregister();
            _status = status;
        }
    }

    internal override void Discard(Exception reason)
    {
        if (_isAnswer)
        {
            return;
        }

        _error = Faults.Refusal(reason);
        _outcome = ValueTaskSourceStatus.Faulted;
        if (Origin is not null)
        {
            AnswerOrigin(_error);
        }
        else if (Caller is null)
        {
            CompleteOutside(ClaimDone);
        }
        else
        {
            AnswerCaller();
        }
    }

    /// <summary>Rethrows the failure, if there is one.</summary>
    private protected void ThrowIfFailed()
    {
        if ((_givenUp ?? _error) is { } error)
        {
            ThrowFailure(error);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowFailure(Exception error)
    {
        Release();
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>The caller has taken the result.</summary>
    private protected void Release()
    {
        if (IsRetained || Caller is { IsCurrent: false })
        {
            // The target may still hold it, or it is on its way back: the deadline keeps the target from running it, and an answer must not turn into a call.
            Token++;
            InUse = false;
            IsDropped = true;
            return;
        }

        // Before the token: the sweeper reads the token first, and must not take the deadline of this use for that of the next.
        Deadline = long.MaxValue;
        Volatile.Write(ref Token, (short)(Token + 1));
        _error = null;
        _status = ValueTaskSourceStatus.Pending;
        _outcome = ValueTaskSourceStatus.Pending;
        _isAnswer = false;
        _continuation = null;
        InUse = false;
        Recycle();
    }
}
