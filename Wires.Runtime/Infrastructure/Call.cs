using System.ComponentModel;
using System.Threading.Tasks.Sources;
using Wires.Mobility;

namespace Wires.Infrastructure;

/// <summary>A call with a result.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Call<TResult> : Ask, IValueTaskSource<TResult>
{
    private TResult _result = default!;

    private protected bool CopiesResult;

    /// <summary>What completes the method, while it is suspended: a frame of ours or a task.</summary>
    private object? _pending;

    /// <summary>Makes an empty message of a method.</summary>
    protected Call(WireMethod<TResult> method)
        : base(method) => CopiesResult = (method.Flags & WireMethodFlags.CopiesResult) != 0;

    private protected Call(WireMethod method)
        : base(method)
    {
    }

    /// <summary>Sends the call.</summary>
    /// <param name="target">The wire.</param>
    /// <param name="cancellation">Cancels the call while it waits, and is handed to the method.</param>
    /// <returns>Completes with the answer; to be awaited once.</returns>
    public ValueTask<TResult> Send(WireHandle? target, CancellationToken cancellation = default) => new(this, SendCore(target, cancellation));

    /// <summary>Answers with a result.</summary>
    protected void Return(TResult result)
    {
        // One that goes to another node is written there and then.
        _result = CopiesResult && !IsFromElsewhere ? ((WireMethod<TResult>)CalledMethod).CopyResult(result) : result;
        Answer_OnTurn(null, ValueTaskSourceStatus.Succeeded);
    }

    /// <summary>Answers with what the method's task will hold.</summary>
    protected void ReturnWhenDone(WireTask<TResult> task)
    {
        if (task.Frame is not { } frame)
        {
            Return(task.Result);
        }
        else if (frame.IsCompleted)
        {
            Return(frame.TakeResult(task.Token));
        }
        else
        {
            SuspendUntil(frame);
        }
    }

    /// <inheritdoc cref="ReturnWhenDone(WireTask{TResult})"/>
    protected void ReturnWhenDone(ValueTask<TResult> task)
    {
        if (task.IsCompleted)
        {
            Return(task.GetAwaiter().GetResult());
        }
        else
        {
            ReturnWhenDone(task.AsTask());
        }
    }

    /// <inheritdoc cref="ReturnWhenDone(WireTask{TResult})"/>
    protected void ReturnWhenDone(Task<TResult> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            Return(task.GetAwaiter().GetResult());
        }
        else
        {
            SuspendUntil(task);
        }
    }

    /// <summary>The method is suspended; <paramref name="pending"/> will complete it.</summary>
    internal void SuspendUntil(WireFrame<TResult> pending)
    {
        _pending = pending;
        Target!.Suspend_OnTurn(ActiveCall);
        pending.CompletesCall(this);
    }

    /// <inheritdoc cref="SuspendUntil(WireFrame{TResult})"/>
    internal void SuspendUntil(Task pending)
    {
        _pending = pending;
        Target!.Suspend_OnTurn(ActiveCall);
        Activation target = Target;
        WireCall active = ActiveCall;

        // Not by the synchronization context of the moment: the outcome is a turn of this wire in any case.
        pending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => target.PostContinuation(static call => ((Ask)call!).Resume_OnTurn(), this, active, primary: false));
    }

    internal override void Resume_OnTurn()
    {
        object? pending = _pending;
        _pending = null;
        try
        {
            Return(pending is WireFrame<TResult> frame ? frame.TakeResult(frame.Token) : TakeForeignResult((Task)pending!));
        }
        catch (Exception e)
        {
            Fail_OnTurn(e);
        }
    }

    internal override void CompletedBy(WireFrame frame)
    {
        if (frame is not WireFrame<TResult> pending)
        {
            throw new Serialization.WireSerializationException($"The stack of {Method.Signature} ends in a method with another type of result: it is of another build.");
        }

        _pending = pending;
        pending.CompletesCall(this);
    }

    private protected virtual TResult TakeForeignResult(Task task) => ((Task<TResult>)task).GetAwaiter().GetResult();

    TResult IValueTaskSource<TResult>.GetResult(short token) => TakeResult(token);

    private protected TResult TakeResult(short token)
    {
        Validate(token);
        if (StatusOf(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The call has not been answered yet: await it.");
        }

        ThrowIfFailed();
        TResult result = _result;
        _result = default!;
        Release();
        return result;
    }

    internal override void DecodeResult(ref Serialization.WireReader reader)
    {
        TResult? result = default;
        reader.ReadValue(((WireMethod<TResult>)CalledMethod).ResultFormatter, ref result);
        _result = result!;
    }

    internal override void EncodeResult(ref Serialization.WireWriter writer) => writer.WriteValue(((WireMethod<TResult>)CalledMethod).ResultFormatter, in _result!);

    private protected override void ClearResult() => _result = default!;

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => StatusOf(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        Await(continuation, state, token, flags);
}
