namespace Wires.Cluster;

/// <summary>How a loop waits for its next round, or for being woken.</summary>
/// <remarks>It is always a timer that goes on with the loop, so whoever wakes it runs none of it.</remarks>
internal sealed class Pause : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiting;
    private bool _isWoken;
    private bool _isDisposed;

    public Pause(TimeProvider time) => _timer = time.CreateTimer(static me => ((Pause)me!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>For one loop.</summary>
    public Task WaitAsync(TimeSpan atMost)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return Task.CompletedTask;
            }

            _waiting = new TaskCompletionSource();
            _timer.Change(_isWoken ? TimeSpan.Zero : atMost, Timeout.InfiniteTimeSpan);
            _isWoken = false;
            return _waiting.Task;
        }
    }

    /// <summary>Ends the present wait, or else the next one.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_waiting is null)
            {
                _isWoken = true;
            }
            else if (!_isDisposed)
            {
                _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer.Dispose();
        }

        Fire();
    }

    private void Fire()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            (waiting, _waiting) = (_waiting, null);
        }

        waiting?.TrySetResult();
    }
}
