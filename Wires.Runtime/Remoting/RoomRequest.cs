using Wires.Infrastructure;

namespace Wires.Remoting;

/// <summary>A one-way call that waits until its wire's node has room for it.</summary>
internal sealed class RoomRequest(OneWayCall call)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public OneWayCall Call => call;

    /// <summary>Decides between sending it and giving up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(Faults.Refusal(reason));

    public async Task WaitAsync()
    {
        WireHandle handle = call.Handle!;
        long timeout = handle.EffectiveTimeout;
        try
        {
            await _done.Task
                .WaitAsync(timeout > 0 ? TimeSpan.FromMilliseconds(timeout) : Timeout.InfiniteTimeSpan, handle.Node.TimeProvider, call.Cancellation)
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

            throw Faults.Overloaded(handle, call.Method, TimeSpan.FromMilliseconds(timeout));
        }
    }
}
