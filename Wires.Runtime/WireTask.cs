using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Mobility;

namespace Wires;

/// <summary>The task of an async wire method without a result. Its suspended stack belongs to the wire, so it can travel with it.</summary>
/// <remarks>Await it once. Outside wires it works as well; <see cref="AsTask"/> turns it into a <see cref="Task"/>.</remarks>
[AsyncMethodBuilder(typeof(WireTaskMethodBuilder))]
public readonly struct WireTask
{
    internal readonly WireTask<Unit> Inner;

    internal WireTask(WireTask<Unit> inner) => Inner = inner;

    /// <summary>A task that has completed.</summary>
    public static WireTask CompletedTask => default;

    /// <summary>Whether it has completed, in whatever way.</summary>
    public bool IsCompleted => Inner.IsCompleted;

    /// <summary>A task that has failed.</summary>
    public static WireTask FromException(Exception exception) => new(WireTask<Unit>.FromException(exception));

    /// <summary>A task that has completed with a result.</summary>
    public static WireTask<TResult> FromResult<TResult>(TResult result) => new(result);

    /// <summary>The same outcome as a <see cref="Task"/>, which may be awaited any number of times.</summary>
    public Task AsTask() => IsCompleted && Inner.Frame is null ? Task.CompletedTask : Inner.AsTask();

    /// <summary>For <c>await</c>.</summary>
    public Awaiter GetAwaiter() => new(Inner.GetAwaiter());

    /// <summary>For <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ICriticalNotifyCompletion, IWireAwaiter
    {
        private readonly WireTask<Unit>.Awaiter _inner;

        internal Awaiter(WireTask<Unit>.Awaiter inner) => _inner = inner;

        internal WireTask<Unit>.Awaiter Inner => _inner;

        /// <summary>Whether the task has completed.</summary>
        public bool IsCompleted => _inner.IsCompleted;

        /// <summary>Ends the wait.</summary>
        public void GetResult() => _inner.GetResult();

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _inner.OnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _inner.UnsafeOnCompleted(continuation);

        void IWireAwaiter.AwaitBy(WireFrame frame) => _inner.AwaitBy(frame);
    }
}

/// <summary>The task of an async wire method with a result.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <inheritdoc cref="WireTask"/>
[AsyncMethodBuilder(typeof(WireTaskMethodBuilder<>))]
public readonly struct WireTask<TResult>
{
    internal readonly WireFrame<TResult>? Frame;
    internal readonly TResult Result;
    internal readonly short Token;

    internal WireTask(TResult result)
    {
        Frame = null;
        Result = result;
        Token = 0;
    }

    internal WireTask(WireFrame<TResult> frame)
    {
        Frame = frame;
        Result = default!;
        Token = frame.Token;
    }

    /// <summary>Whether it has completed, in whatever way.</summary>
    public bool IsCompleted
    {
        get
        {
            if (Frame is null)
            {
                return true;
            }

            Frame.Validate(Token);
            return Frame.IsCompleted;
        }
    }

    /// <summary>A task that has failed.</summary>
    internal static WireTask<TResult> FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        FaultedFrame<TResult> frame = FaultedFrame<TResult>.Create();
        frame.SetException(exception);
        return new WireTask<TResult>(frame);
    }

    /// <summary>A method whose result is there may return it as it is.</summary>
    public static implicit operator WireTask<TResult>(TResult result) => new(result);

    /// <inheritdoc cref="WireTask.AsTask"/>
    public Task<TResult> AsTask()
    {
        return Frame is null ? Task.FromResult(Result) : Run(this);

        static async Task<TResult> Run(WireTask<TResult> task) => await task;
    }

    /// <summary>For <c>await</c>.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>For <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ICriticalNotifyCompletion, IWireAwaiter
    {
        private readonly WireTask<TResult> _task;

        internal Awaiter(WireTask<TResult> task) => _task = task;

        /// <summary>Whether the task has completed.</summary>
        public bool IsCompleted => _task.IsCompleted;

        internal WireFrame<TResult>? Frame => _task.Frame;

        /// <summary>Takes the result, or throws.</summary>
        public TResult GetResult() => _task.Frame is { } frame ? frame.TakeResult(_task.Token) : _task.Result;

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation)
        {
            ArgumentNullException.ThrowIfNull(continuation);
            _task.Frame!.AwaitBy(continuation);
        }

        internal void AwaitBy(WireFrame frame) => _task.Frame!.AwaitBy(frame);

        void IWireAwaiter.AwaitBy(WireFrame frame) => AwaitBy(frame);
    }
}
