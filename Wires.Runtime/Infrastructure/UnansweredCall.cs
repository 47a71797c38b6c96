using System.ComponentModel;
using Wires.Mobility;

namespace Wires.Infrastructure;

/// <summary>A call whose outcome nobody awaits: it starts a chain of its own, and its failure is logged.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class UnansweredCall : WireCall
{
    private Task? _pending;
    private WireFrame<Unit>? _frame;

    private protected UnansweredCall(WireMethod method)
        : base(method)
    {
    }

    private protected override bool MayStart(Activation wire) => true;

    /// <summary>The method has completed.</summary>
    protected void Return() => End_OnTurn(null);

    /// <inheritdoc cref="Return"/>
    protected void ReturnWhenDone(WireTask task)
    {
        if (task.Inner.Frame is null)
        {
            End_OnTurn(null);
        }
        else if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            End_OnTurn(null);
        }
        else
        {
            Suspend_OnTurn();
            task.Inner.Frame.CompletesCall(this);
            _frame = task.Inner.Frame;
        }
    }

    /// <inheritdoc cref="Return"/>
    protected void ReturnWhenDone(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            End_OnTurn(null);
        }
        else
        {
            ReturnWhenDone(task.AsTask());
        }
    }

    /// <inheritdoc cref="Return"/>
    protected void ReturnWhenDone(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            End_OnTurn(null);
            return;
        }

        Suspend_OnTurn();
        _pending = task;
        Activation target = Target!;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => target.PostContinuation(static call => ((UnansweredCall)call!).Resume_OnTurn(), this, this, primary: false));
    }

    /// <inheritdoc cref="Ask.CompletedBy"/>
    internal void CompletedBy(WireFrame frame)
    {
        _frame = frame as WireFrame<Unit> ?? throw new Serialization.WireSerializationException($"The stack of {Method.Signature} ends in a method with a result: it is of another build.");
        frame.CompletesCall(this);
    }

    internal override void Resume_OnTurn()
    {
        WireFrame<Unit>? frame = _frame;
        Task? pending = _pending;
        _frame = null;
        _pending = null;
        try
        {
            frame?.TakeResult(frame.Token);
            pending?.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            Fail_OnTurn(e);
            return;
        }

        End_OnTurn(null);
    }

    internal override void Fail_OnTurn(Exception exception) => End_OnTurn(exception);

    /// <summary>The call is over.</summary>
    private protected abstract void Ended(Activation wire, Exception? failure);

    private void End_OnTurn(Exception? failure)
    {
        Activation wire = Target!;
        wire.End_OnTurn(this);
        if (ChainNumber != 0)
        {
            CallChains.Forget(this);
        }

        Context?.End();
        if (SentAt != 0)
        {
            Diagnostics.Telemetry.Answered(this, failure);
        }

        Ended(wire, failure);
    }
}
