using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Wires.Mailboxes;
using Wires.Mobility;
using Wires.Remoting;

namespace Wires.Infrastructure;

/// <summary>The caller's end of a stream: what its loop holds. A frame of a wire that waits for an item is resumed without its delegate, and may move.</summary>
internal sealed class StreamEnumerator<T> : IAsyncEnumerator<T>, IValueTaskSource<bool>, IStreamReader
{
    /// <summary>Stands in <see cref="_waiter"/> once there is something to take.</summary>
    private static readonly object s_woken = new();

    private readonly StreamCall<T> _call;
    private readonly CancellationToken _first;
    private readonly CancellationToken _second;

    /// <summary>So many items may be on their way, or here and not taken.</summary>
    private readonly int _window;

    /// <summary>Ends the method early, where it runs on this node, when the loop ends.</summary>
    private CancellationTokenSource? _end;
    private CancellationTokenRegistration _registration;
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    private object? _waiter;

    /// <summary>Items taken since the producer was told.</summary>
    private int _taken;
    private bool _isOver;

    /// <summary>A loop that has not begun.</summary>
    public StreamEnumerator(StreamCall<T> call, int window, CancellationToken first, CancellationToken second)
    {
        _call = call;
        _first = first;
        _second = second;
        _window = window;
    }

    /// <summary>A loop that has come from another node.</summary>
    public StreamEnumerator(StreamCall<T> call, in StreamState<T> state, CancellationToken first, CancellationToken second)
        : this(call, state.Window, first, second)
    {
        _taken = state.Taken;
        _isOver = state.IsOver;
        Current = state.Current!;
        HasBegun = true;
    }

    public T Current { get; private set; } = default!;

    public StreamCall<T> Call => _call;

    /// <summary>What ends it: of the call, and of the loop.</summary>
    public (CancellationToken First, CancellationToken Second) Tokens => (_first, _second);

    public bool HasBegun { get; private set; }

    Type IStreamReader.ItemType => typeof(T);

    short IStreamReader.Token => _wait.Version;

    public ValueTask<bool> MoveNextAsync()
    {
        try
        {
            if (!HasBegun)
            {
                HasBegun = true;
                Link();
                _call.Start(_window, _end!.Token);
            }

            _end?.Token.ThrowIfCancellationRequested();
            StreamStep step = _call.Take(this, out T? item);
            if (step != StreamStep.Wait)
            {
                return new ValueTask<bool>(Took(step, item));
            }

            if (_end is { IsCancellationRequested: true } end && _call.TryStopWaiting(this))
            {
                // Just before it began to wait.
                throw new OperationCanceledException(end.Token);
            }

            return new ValueTask<bool>(this, _wait.Version);
        }
        catch (Exception e)
        {
            return FailAsync(e);
        }
    }

    public ValueTask DisposeAsync()
    {
        _registration.Dispose();
        if (HasBegun && !_isOver)
        {
            _call.Close();
        }

        _isOver = true;
        if (_end is { } end)
        {
            // Callbacks of the method's own code, where it runs here, do not run in this loop.
            _end = null;
            _ = EndAsync(end);
        }

        return default;
    }

    /// <summary>There is something to take. By whoever has found it waiting.</summary>
    public void Wake()
    {
        // Before the wait is over: then it may already be used for the next one.
        var frame = Interlocked.Exchange(ref _waiter, s_woken) as WireFrame;
        _wait.SetResult(true);
        frame?.Resume();
    }

    /// <summary>What goes along with the wire whose loop it is. The wire stands still.</summary>
    public StreamState<T> Look()
    {
        (T[] items, int credit) = _call.Look();
        return new StreamState<T>(items, credit, Current, _taken, _window, _isOver);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _wait.GetResult(token);
        _wait.Reset();
        _waiter = null;
        _end?.Token.ThrowIfCancellationRequested();
        return Took(_call.Take(this, out T? item), item);
    }

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (WireThread.Current.Suspending is { Owner: not null } frame && ReferenceEquals(state, frame.ResumeAction))
        {
            frame.Awaited = this;
            if (Interlocked.CompareExchange(ref _waiter, frame, null) is null)
            {
                return;
            }

            // Woken in this moment. The frame goes on in a turn of its wire whoever calls it.
            flags = ValueTaskSourceOnCompletedFlags.None;
        }

        _wait.OnCompleted(continuation, state, token, flags);
    }

    void IStreamReader.AwaitBy(WireFrame frame)
    {
        frame.Awaited = this;
        _waiter = frame;
    }

    void IStreamReader.Leave(int items)
    {
        _registration.Dispose();
        _call.Leave(items, _end);
    }

    void IStreamReader.HandOver(ClusterNode cluster, long offer) => _call.LeftBehind(cluster, offer);

    void IStreamReader.Begin_OnTurn(ClusterNode cluster, long from, long offer)
    {
        if (_isOver)
        {
            return;
        }

        Link();
        cluster.Adopt(_call, from, offer);
        if (_waiter is WireFrame && (_call.Await(this) || (_end!.IsCancellationRequested && _call.TryStopWaiting(this))))
        {
            Wake();
        }
    }

    private void Link()
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(_first, _second);
        if (_first.CanBeCanceled || _second.CanBeCanceled)
        {
            _registration = _end.Token.UnsafeRegister(static reader => ((StreamEnumerator<T>)reader!).Cancelled(), this);
        }
    }

    private void Cancelled()
    {
        if (_call.TryStopWaiting(this))
        {
            Wake();
        }
    }

    private bool Took(StreamStep step, T? item)
    {
        if (step == StreamStep.End)
        {
            _isOver = true;
            if (_call.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            return false;
        }

        Current = item!;
        if (++_taken >= (_window + 1) / 2)
        {
            int granted = _taken;
            _taken = 0;
            _call.Grant(granted);
        }

        return true;
    }

    private static async Task EndAsync(CancellationTokenSource end)
    {
        await end.CancelAsync().ConfigureAwait(false);
        end.Dispose();
    }

    // Apart, as it is rare; and a loop that is cancelled is to see just that.
    private static async ValueTask<bool> FailAsync(Exception e)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        ExceptionDispatchInfo.Throw(e);
        return false;
    }
}
