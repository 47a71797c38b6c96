using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wires.Diagnostics;

namespace Wires.Infrastructure;

/// <summary>The fast path: a turn of an idle wire on its caller's stack. Every entry is left by exactly one of the <c>Leave</c> or <c>Fail</c> methods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
public readonly struct InlineTurn
{
    private readonly Activation _activation;
    private readonly WireThread _thread;
    private readonly Activation? _outer;
    private readonly SynchronizationContext? _outerSynchronization;

    /// <summary>The caller's context where it was not the default one.</summary>
    private readonly ExecutionContext? _outerContext;

    /// <summary>0 unless this turn is timed.</summary>
    private readonly long _started;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InlineTurn(Activation activation, WireThread thread, WireMethod method, ExecutionContext? outerContext)
    {
        Activation? outer = thread.Activation;
        _activation = activation;
        _thread = thread;
        _outer = outer;
        _outerSynchronization = SynchronizationContext.Current;
        _outerContext = outerContext;
        if (outer is not null)
        {
            activation.InlinedFrom = outer;
        }

        activation.InlinedMethod = method;
        activation.IdleScans = 0;
        thread.Activation = activation;
        thread.Depth++;
        SynchronizationContext.SetSynchronizationContext(activation);
        _started = (++thread.Turns & MethodProfile.SampleMask) == 0 ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>The user's object.</summary>
    public object Wire
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _activation.Wire!;
    }

    /// <summary>Takes the turn if the wire is idle, lives here, and its method is known to be short.</summary>
    /// <param name="target">The wire.</param>
    /// <param name="method">The method.</param>
    /// <param name="turn">The turn, if the answer is true.</param>
    /// <exception cref="InvalidOperationException">The ref is <c>default</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEnter(WireHandle? target, WireMethod method, out InlineTurn turn)
    {
        if (target is not null && target.Activation is { } activation)
        {
            // A look before the exchange: on a busy wire the exchange would fail at full price.
            if (!method.MayRunInline || !ReferenceEquals(activation.Head, MailboxState.Idle))
            {
                turn = default;
                return false;
            }

            if (WireThread.TryCurrent is { } thread
                && thread.Depth < WireThread.MaxInlineDepth
                && ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext)
                && !Telemetry.IsEnabled
                && !activation.Life.IsOver
                && ReferenceEquals(Interlocked.CompareExchange(ref activation.Head, null, MailboxState.Idle), MailboxState.Idle))
            {
                turn = new InlineTurn(activation, thread, method, outerContext: null);
                return true;
            }
        }

        // Into a local of its own: one whose address is taken cannot live in registers.
        bool isEntered = TryEnterSlow(target, method, out InlineTurn slow);
        turn = slow;
        return isEntered;
    }

    /// <summary>First calls, and callers whose context must not be seen by the wire.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryEnterSlow(WireHandle? target, WireMethod method, out InlineTurn turn)
    {
        turn = default;
        WireHandle handle = WireHandle.Require(target);
        WireThread thread = WireThread.Current;
        if (!method.MayRunInline || thread.Depth >= WireThread.MaxInlineDepth || Telemetry.IsEnabled)
        {
            return false;
        }

        ExecutionContext? context = ExecutionContext.Capture();
        if (context is null)
        {
            // Flow is suppressed: rare, and not worth a third way in.
            return false;
        }

        Activation? activation = handle.Plain.Activation;
        if (activation is null)
        {
            if (handle.MustWait)
            {
                return false;
            }

            activation = handle.Node.Directory.GetOrCreate(handle.Plain, out bool isOwner);
            if (activation is null)
            {
                return false;
            }

            if (isOwner)
            {
                if (!activation.TryAttachInline(thread))
                {
                    return false;
                }
            }
            else if (handle.MustWait)
            {
                handle.ForgetAll();
                return false;
            }
        }

        if (activation.Life.IsOver || !ReferenceEquals(Interlocked.CompareExchange(ref activation.Head, null, MailboxState.Idle), MailboxState.Idle))
        {
            return false;
        }

        if (ReferenceEquals(context, WireThread.DefaultContext))
        {
            turn = new InlineTurn(activation, thread, method, outerContext: null);
        }
        else
        {
            Activity? trace = Activity.Current;
            turn = new InlineTurn(activation, thread, method, context);
            ExecutionContext.Restore(WireThread.DefaultContext);
            if (trace is not null)
            {
                Activity.Current = trace;
                activation.GetCurrentCall_OnTurn()!.TraceParent = trace;
            }
        }

        if (handle.Timeout != WireHandle.DefaultTimeout)
        {
            activation.SetInlinedTimeout_OnTurn(handle);
        }

        return true;
    }

    /// <summary>Ends the turn of a method that has completed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave()
    {
        Activation activation = _activation;
        if (_started == 0
            && _outerContext is null
            && activation.CurrentCall_OnTurn is null
            && ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext))
        {
            activation.InlinedFrom = null;
            activation.InlinedMethod = null;
            _thread.Activation = _outer;
            _thread.Depth--;
            SynchronizationContext.SetSynchronizationContext(_outerSynchronization);
            activation.ReleaseInlined();
        }
        else
        {
            LeaveSlow();
        }
    }

    /// <summary>Ends the turn; the method's task tells the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<TResult> Leave<TResult>(WireTask<TResult> task)
    {
        if (task.Frame is null)
        {
            TResult result = CopyResult(task.Result);
            Leave();
            return new ValueTask<TResult>(result);
        }

        return LeaveSuspended(task);
    }

    /// <inheritdoc cref="Leave{TResult}(WireTask{TResult})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask Leave(WireTask task)
    {
        if (task.Inner.Frame is null)
        {
            Leave();
            return default;
        }

        return LeaveSuspended(task, _outer);
    }

    /// <inheritdoc cref="Leave{TResult}(WireTask{TResult})"/>
    public ValueTask<TResult> Leave<TResult>(ValueTask<TResult> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            TResult result = CopyResult(task.Result);
            Leave();
            return new ValueTask<TResult>(result);
        }

        return Leave(task.AsTask());
    }

    /// <inheritdoc cref="Leave{TResult}(WireTask{TResult})"/>
    public ValueTask<TResult> Leave<TResult>(Task<TResult> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            TResult result = CopyResult(task.GetAwaiter().GetResult());
            Leave();
            return new ValueTask<TResult>(result);
        }

        var promise = SuspendedCall<TResult>.Create(_activation, _outer, out short token);
        promise.SuspendUntil(task);
        LeaveSlow(suspended: true);
        return new ValueTask<TResult>(promise, token);
    }

    /// <inheritdoc cref="Leave{TResult}(WireTask{TResult})"/>
    public ValueTask Leave(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            Leave();
            return default;
        }

        return Leave(task.AsTask());
    }

    /// <inheritdoc cref="Leave{TResult}(WireTask{TResult})"/>
    public ValueTask Leave(Task task) => Leave(task, _outer);

    private ValueTask Leave(Task task, Activation? caller)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            Leave();
            return default;
        }

        var promise = SuspendedCall<Unit>.Create(_activation, caller, out short token);
        promise.SuspendUntil(task);
        LeaveSlow(suspended: true);
        return new ValueTask(promise, token);
    }

    /// <summary>Ends the turn of a one-way method, whose caller does not wait for the rest of it; a failure is logged.</summary>
    public ValueTask LeaveOneWay(WireTask task)
    {
        if (task.Inner.Frame is null)
        {
            Leave();
        }
        else
        {
            _ = LogFailure(_activation.Handle, _activation.InlinedMethod!, LeaveSuspended(task, caller: null));
        }

        return default;
    }

    /// <inheritdoc cref="LeaveOneWay(WireTask)"/>
    public ValueTask LeaveOneWay(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return Leave(task);
        }

        return LeaveOneWay(task.AsTask());
    }

    /// <inheritdoc cref="LeaveOneWay(WireTask)"/>
    public ValueTask LeaveOneWay(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _ = LogFailure(_activation.Handle, _activation.InlinedMethod!, Leave(task, caller: null));
        return default;
    }

    /// <summary>Ends the turn of a method that threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<TResult> Fail<TResult>(Exception exception) => Fail(exception, static e =>
    {
        // As an async method fails: a cancellation makes a cancelled task that keeps its exception, which Task.FromCanceled would replace by another.
        var builder = AsyncTaskMethodBuilder<TResult>.Create();
        builder.SetException(e);
        return new ValueTask<TResult>(builder.Task);
    });

    /// <inheritdoc cref="Fail{TResult}(Exception)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask Fail(Exception exception) => Fail(exception, static e =>
    {
        var builder = AsyncTaskMethodBuilder.Create();
        builder.SetException(e);
        return new ValueTask(builder.Task);
    });

    /// <summary>Ends the turn of a one-way method that threw: logs it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask FailOneWay(Exception exception)
    {
        Activation activation = _activation;
        activation.Node.Log.OneWayFailed(activation.Id, activation.InlinedMethod!.Signature, exception);
        LeaveSlow();
        return default;
    }

    private TTask Fail<TTask>(Exception exception, Func<Exception, TTask> make)
    {
        Exception fault = Faults.Capture(exception, _activation.Handle, _activation.InlinedMethod!);
        LeaveSlow();
        return make(fault);
    }

    private static async Task LogFailure(WireHandle handle, WireMethod method, ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            handle.Node.Log.OneWayFailed(handle.Id, method.Signature, e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TResult CopyResult<TResult>(TResult result)
    {
        WireMethod method = _activation.InlinedMethod!;
        return (method.Flags & WireMethodFlags.CopiesResult) == 0 ? result : ((WireMethod<TResult>)method).CopyResult(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<TResult> LeaveSuspended<TResult>(WireTask<TResult> task)
    {
        if (task.Frame!.IsCompleted)
        {
            TResult result = CopyResult(task.Frame.TakeResult(task.Token));
            LeaveSlow();
            return new ValueTask<TResult>(result);
        }

        var promise = SuspendedCall<TResult>.Create(_activation, _outer, out short token);
        promise.SuspendUntil(task.Frame);
        LeaveSlow(suspended: true);
        return new ValueTask<TResult>(promise, token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask LeaveSuspended(WireTask task, Activation? caller)
    {
        WireTask<Unit> inner = task.Inner;
        if (inner.Frame!.IsCompleted)
        {
            inner.Frame.TakeResult(inner.Token);
            LeaveSlow();
            return default;
        }

        var promise = SuspendedCall<Unit>.Create(_activation, caller, out short token);
        promise.SuspendUntil(inner.Frame);
        LeaveSlow(suspended: true);
        return new ValueTask(promise, token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveSlow(bool suspended = false)
    {
        Activation activation = _activation;
        if (_started != 0)
        {
            long elapsed = Stopwatch.GetTimestamp() - _started;
            activation.InlinedMethod!.Profile.Record(elapsed);
            activation.Node.Cluster?.Balancing?.Work.Inlined(activation, _outer, elapsed);
            _thread.JumpTurns();
        }

        if (!suspended && activation.CurrentCall_OnTurn is InlinedCall call)
        {
            if (call.Children != 0)
            {
                call.IsRetained = true;
            }

            call.Recycle();
        }

        activation.EndInlined_OnTurn();
        ExecutionContext outerContext = _outerContext ?? WireThread.DefaultContext;
        if (!ReferenceEquals(ExecutionContext.Capture(), outerContext))
        {
            Activation.ResetContext(outerContext);
        }

        _thread.Activation = _outer;
        _thread.Depth--;
        SynchronizationContext.SetSynchronizationContext(_outerSynchronization);
        activation.ReleaseInlinedSlow();
    }
}
