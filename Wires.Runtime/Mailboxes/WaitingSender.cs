using Wires.Diagnostics;
using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>A one-way caller that waits for room in a full mailbox, until its deadline.</summary>
internal sealed class WaitingSender
{
    private readonly TaskCompletionSource<PostResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Activation _wire;
    private readonly long _timeout;
    private readonly WireHandle _handle;
    private readonly WireMethod _method;
    private readonly CancellationToken _cancellation;

    public WaitingSender(OneWayCall message, Activation wire)
    {
        Message = message;
        _wire = wire;

        // Now: once it is queued the message runs, and its object may be another call before the sender has begun to wait.
        _handle = message.Handle!;
        _method = message.Method;
        _cancellation = message.Cancellation;
        _timeout = _handle.EffectiveTimeout;
    }

    public OneWayCall Message { get; }

    /// <summary>Neither the mailbox nor the sender's patience has decided yet. Under the room's lock.</summary>
    public bool IsWaiting { get; private set; } = true;

    /// <summary>The mailbox has taken the message, or the wire has left. Under the room's lock.</summary>
    public void Complete_NeedsLock(PostResult result)
    {
        IsWaiting = false;
        _done.TrySetResult(result);
    }

    /// <summary>The sender waits no longer. Under the room's lock.</summary>
    public void GiveUp_NeedsLock() => IsWaiting = false;

    public async Task<PostResult> WaitAsync()
    {
        try
        {
            return await _done.Task
                .WaitAsync(_timeout > 0 ? TimeSpan.FromMilliseconds(_timeout) : Timeout.InfiniteTimeSpan, _wire.Node.TimeProvider, _cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!_wire.WaitingRoom.TryGiveUp(this))
            {
                // Admitted in the same moment.
                return await _done.Task.ConfigureAwait(false);
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            throw Faults.Overloaded(_handle, _method, TimeSpan.FromMilliseconds(_timeout));
        }
    }
}
