using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;

namespace Wires.Mobility;

/// <summary>What the compiler builds <c>async WireTask&lt;T&gt;</c> methods with.</summary>
/// <remarks>
/// A method that never waits costs no object. One that does gets a pooled <see cref="WireFrame{TStateMachine, TResult}"/>, which owns the state machine from then
/// on, and which always continues in a turn of its wire: whoever completes what it awaits, and whatever <c>ConfigureAwait</c> says. No execution context is
/// captured, as none could travel.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WireTaskMethodBuilder<TResult>
{
    private WireFrame<TResult>? _frame;
    private TResult _result;

    /// <summary>The task that the method returns.</summary>
    public readonly WireTask<TResult> Task => _frame is { } frame ? new WireTask<TResult>(frame) : new WireTask<TResult>(_result);

    /// <summary>For the compiler.</summary>
    public static WireTaskMethodBuilder<TResult> Create() => default;

    /// <summary>For the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>For the compiler; state machines are moved into frames by <see cref="GetFrame"/>.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>For the compiler.</summary>
    public void SetResult(TResult result)
    {
        if (_frame is { } frame)
        {
            frame.SetResult(result);
        }
        else
        {
            _result = result;
        }
    }

    /// <summary>For the compiler.</summary>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (_frame ??= FaultedFrame<TResult>.Create()).SetException(exception);
    }

    /// <summary>For the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        WireFrame frame = GetFrame(ref stateMachine);
        awaiter.OnCompleted(frame.ResumeAction);
    }

    /// <summary>For the compiler.</summary>
    /// <remarks>Optimized from its first run on, because a first tier would box the awaiter at every wait.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        WireFrame frame = GetFrame(ref stateMachine);
        if (awaiter is IWireAwaiter)
        {
            // Folded away by the JIT for struct awaiters: neither a box nor a check is left.
            ((IWireAwaiter)awaiter).AwaitBy(frame);
            return;
        }

        WireThread thread = WireThread.Current;
        thread.Suspending = frame;
        try
        {
            awaiter.UnsafeOnCompleted(frame.ResumeAction);
        }
        finally
        {
            thread.Suspending = null;
        }
    }

    /// <summary>The method was suspended on another node, and goes on in this frame.</summary>
    internal void Resume(WireFrame<TResult> frame) => _frame = frame;

    private WireFrame<TResult> GetFrame<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_frame is { } existing)
        {
            return existing;
        }

        // The builder is part of the state machine, so the frame has to be in it before it is copied into the frame.
        WireFrame<TStateMachine, TResult> frame = WireFrame<TStateMachine, TResult>.Rent();
        _frame = frame;
        frame.StateMachine = stateMachine;
        return frame;
    }
}

/// <summary>What the compiler builds <c>async WireTask</c> methods with.</summary>
/// <inheritdoc cref="WireTaskMethodBuilder{TResult}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WireTaskMethodBuilder
{
    private WireTaskMethodBuilder<Unit> _inner;

    /// <inheritdoc cref="WireTaskMethodBuilder{TResult}.Task"/>
    public readonly WireTask Task => new(_inner.Task);

    /// <summary>For the compiler.</summary>
    public static WireTaskMethodBuilder Create() => default;

    /// <summary>For the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>For the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>For the compiler.</summary>
    public void SetResult() => _inner.SetResult(default);

    /// <summary>For the compiler.</summary>
    public void SetException(Exception exception) => _inner.SetException(exception);

    /// <summary>For the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>For the compiler.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);

    internal void Resume(WireFrame<Unit> frame) => _inner.Resume(frame);
}
