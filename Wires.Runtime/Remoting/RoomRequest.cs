using Wires.Infrastructure;

namespace Wires.Remoting;

/// <summary>A one-way call that waits until its wire's node has room for it.</summary>
internal sealed class RoomRequest
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WireHandle _handle;
    private readonly WireMethod _method;
    private readonly CancellationToken _cancellation;
    private int _isTaken;

    public RoomRequest(OneWayCall call)
    {
        Call = call;

        // Now: once there is room the call is sent, and its object may be another call before the sender has begun to wait.
        _handle = call.Handle!;
        _method = call.Method;
        _cancellation = call.Cancellation;
    }

    public OneWayCall Call { get; }

    /// <summary>Decides between sending it and giving up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(Faults.Refusal(reason));

    public async Task WaitAsync()
    {
        long timeout = _handle.EffectiveTimeout;
        try
        {
            await _done.Task
                .WaitAsync(timeout > 0 ? TimeSpan.FromMilliseconds(timeout) : Timeout.InfiniteTimeSpan, _handle.Node.TimeProvider, _cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!TryTake())
            {
                await _done.Task.ConfigureAwait(false);
                return;
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            throw Faults.Overloaded(_handle, _method, TimeSpan.FromMilliseconds(timeout));
        }
    }
}
