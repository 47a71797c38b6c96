using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Wires.Infrastructure;

namespace Wires.Mobility;

/// <summary>One suspended async method of a wire: the compiler's state machine, what it awaits and who awaits it. Its continuation is a message of its wire.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireFrame : WireMessage
{
    private protected WireFrame()
    {
    }

    /// <summary>The wire whose code it is; null outside wires, where it runs on whatever thread continues it.</summary>
    internal Activation? Owner;

    /// <summary>The call that it works for.</summary>
    internal WireCall? Call;

    /// <summary>What it waits for, where that is one of ours: an <see cref="Ask"/> or another frame.</summary>
    internal object? Awaited;

    /// <summary>Waits behind the mailbox, in <see cref="Wire.Yield"/>.</summary>
    internal bool IsYielding;

    internal short Token;

    /// <summary>Its neighbours among the suspended frames of its wire.</summary>
    internal WireFrame? Earlier;
    internal WireFrame? Later;

    private protected ValueTaskSourceStatus Status;

    private protected ExceptionDispatchInfo? Error;

    private Action? _resumeAction;

    /// <summary>Who waits: the frame that awaits this one, the call whose method it is, or a continuation of somebody else.</summary>
    private object? _waiter;

    /// <summary>What it has failed by, if it has, and nobody has taken it.</summary>
    internal Exception? Failure => Error?.SourceException;

    internal bool IsCompleted => Status != ValueTaskSourceStatus.Pending;

    /// <summary>What awaiters that know nothing of wires are given. Kept with the pooled frame.</summary>
    internal Action ResumeAction
    {
        get => _resumeAction ??= Resume;
        private protected set => _resumeAction = value;
    }

    /// <summary>Binds the frame to the turn in which its method was suspended for the first time.</summary>
    private protected void Bind()
    {
        if (WireThread.Current.Activation is { } owner)
        {
            Bind(owner, owner.GetCurrentCall_OnTurn());
        }
    }

    /// <summary>Binds the frame to a wire and the call that it works for.</summary>
    private protected void Bind(Activation owner, WireCall? call)
    {
        Owner = owner;
        owner.Extras_OnTurn.Add(this);
        if (call is not null)
        {
            Call = call;
            call.Children++;
        }
    }

    /// <summary>The compiler's type; null for a frame without code.</summary>
    internal virtual Type? StateMachineType => null;

    /// <summary>Runs the state machine on.</summary>
    internal abstract void MoveNext();

    /// <summary>Continues from anywhere: as a turn of the wire.</summary>
    internal void Resume()
    {
        if (Owner is not { } owner)
        {
            MoveNext();
        }
        else if (owner.Post(this, bounded: false) == PostResult.Closed)
        {
            if (Deputy is not null)
            {
                TellDeputy();
            }
            else
            {
                owner.Node.Log.ContinuationDropped(owner.Id);
            }
        }
    }

    /// <summary>The wire has moved, and the frame with it: what this one waited for is told there.</summary>
    internal Action? Deputy { get; set; }

    private void TellDeputy()
    {
        Action? deputy = Deputy;
        Deputy = null;
        deputy?.Invoke();
    }

    /// <summary>Continues in a turn of its wire, with its call entered.</summary>
    internal void Resume_OnTurn()
    {
        Awaited = null;
        MoveNext();
    }

    internal override void Process_OnTurn(Activation wire)
    {
        if (IsYielding)
        {
            IsYielding = false;
            wire.EndYield_OnTurn();
        }

        if (wire.Wire is null)
        {
            // The node stopped without waiting for it.
            return;
        }

        wire.Enter_OnTurn(Call);
        Resume_OnTurn();
    }

    internal override void Discard(Exception reason) => TellDeputy();

    /// <summary>The method has completed; whoever waits goes on.</summary>
    private protected void Complete(ValueTaskSourceStatus status)
    {
        Status = status;
        Owner?.Extras_OnTurn.Remove(this);
        if (Call is { } call)
        {
            call.Children--;
            Call = null;
        }

        object? waiter = _waiter;
        _waiter = null;
        switch (waiter)
        {
            case null:
                break;
            case WireFrame frame:
                if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
                {
                    Owner?.Enter_OnTurn(frame.Call);
                    frame.Resume_OnTurn();
                }
                else
                {
                    frame.Resume();
                }

                break;
            case WireCall waitingCall:
                waitingCall.Resume_OnTurn();
                break;
            case Action continuation:
                continuation();
                break;
        }
    }

    /// <summary>The call's method is this frame.</summary>
    internal void CompletesCall(WireCall call) => _waiter = call;

    /// <summary>Binds a rebuilt frame.</summary>
    internal void Rebind(Activation owner, WireCall? call) => Bind(owner, call);

    /// <summary>The call whose method this is, if it waits for its end.</summary>
    internal WireCall? WaitingCall => _waiter as WireCall;

    /// <summary>The frame that awaits this one.</summary>
    internal WireFrame? WaitingFrame => _waiter as WireFrame;

    /// <summary>Whether something waits for it that cannot travel.</summary>
    internal bool HasForeignWaiter => _waiter is Action;

    /// <summary>The wire has moved, and the frame goes on there: nothing may wake this one any more.</summary>
    internal virtual void Abandon()
    {
    }

    /// <summary>Another frame of the same wire awaits this one.</summary>
    internal void AwaitBy(WireFrame frame)
    {
        if (!ReferenceEquals(frame.Owner, Owner))
        {
            AwaitBy(frame.ResumeAction);
            return;
        }

        SetWaiter(frame);
        frame.Awaited = this;
    }

    /// <summary>Somebody else awaits this frame; in a wire's turn, they go on in one.</summary>
    internal void AwaitBy(Action continuation)
    {
        SetWaiter(SynchronizationContext.Current is { } context ? () => context.Post(static run => ((Action)run!)(), continuation) : continuation);
    }

    private void SetWaiter(object waiter)
    {
        if (_waiter is not null)
        {
            throw new InvalidOperationException("This WireTask is awaited twice. Await it once, or turn it into a Task by AsTask().");
        }

        _waiter = waiter;
    }

    internal void Validate(short token)
    {
        if (token != Token)
        {
            throw new InvalidOperationException("This WireTask was awaited before. Await it once, or turn it into a Task by AsTask().");
        }
    }
}

/// <summary>A suspended async method with a result.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireFrame<TResult> : WireFrame
{
    private TResult _result = default!;

    private protected WireFrame()
    {
    }

    internal void SetResult(TResult result)
    {
        _result = result;
        Complete(ValueTaskSourceStatus.Succeeded);
    }

    internal void SetException(Exception exception)
    {
        Error = ExceptionDispatchInfo.Capture(exception);
        Complete(exception is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted);
    }

    /// <summary>Takes the outcome; the frame goes back to its pool.</summary>
    internal TResult TakeResult(short token)
    {
        Validate(token);
        if (!IsCompleted)
        {
            throw new InvalidOperationException("This WireTask has not completed: await it. A wire never blocks on a task.");
        }

        TResult result = _result;
        ExceptionDispatchInfo? error = Error;
        _result = default!;
        Error = null;
        Status = ValueTaskSourceStatus.Pending;
        Token++;
        Owner = null;
        Awaited = null;
        Return();
        error?.Throw();
        return result;
    }

    /// <summary>Looks at the result without taking it.</summary>
    internal bool TryPeek(short token, out TResult result)
    {
        Validate(token);
        result = _result;
        return Status == ValueTaskSourceStatus.Succeeded;
    }

    /// <summary>Drops the state machine and goes back to the pool.</summary>
    private protected abstract void Return();
}

/// <summary>The frame of one kind of state machine.</summary>
/// <typeparam name="TStateMachine">The compiler's type.</typeparam>
/// <typeparam name="TResult">The type of the result.</typeparam>
internal sealed class WireFrame<TStateMachine, TResult> : WireFrame<TResult>
    where TStateMachine : IAsyncStateMachine
{
    private const int MaxPooled = 256;

    [ThreadStatic]
    private static WireFrame<TStateMachine, TResult>? t_free;

    [ThreadStatic]
    private static int t_count;

    public TStateMachine StateMachine = default!;

    public static WireFrame<TStateMachine, TResult> Rent()
    {
        WireFrame<TStateMachine, TResult>? frame = t_free;
        if (frame is null)
        {
            frame = new WireFrame<TStateMachine, TResult>();
        }
        else
        {
            t_free = (WireFrame<TStateMachine, TResult>?)frame.Next;
            t_count--;
            frame.Next = null;
        }

        frame.Bind();
        return frame;
    }

    internal override Type StateMachineType => typeof(TStateMachine);

    internal override void MoveNext() => StateMachine.MoveNext();

    private protected override void Return()
    {
        StateMachine = default!;
        if (t_count < MaxPooled)
        {
            Next = t_free;
            t_free = this;
            t_count++;
        }
    }
}
