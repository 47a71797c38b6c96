using System.ComponentModel;
using Wires.Diagnostics;

namespace Wires.Infrastructure;

/// <summary>A call that is not answered: <see cref="OneWayAttribute"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OneWayCall : UnansweredCall
{
    /// <summary>Makes an empty message of a method.</summary>
    protected OneWayCall(WireMethod method)
        : base(method)
    {
    }

    /// <summary>Sends the call.</summary>
    /// <param name="target">The wire.</param>
    /// <param name="cancellation">Ends the wait for room in a full mailbox, and is handed to the method.</param>
    /// <returns>Completes once the message is queued.</returns>
    public ValueTask Send(WireHandle? target, CancellationToken cancellation = default)
    {
        WireHandle handle = WireHandle.Require(target);
        Handle = handle;
        Activation? caller = WireThread.Current.Activation;
        Caller = caller is not null && ReferenceEquals(caller.Node, handle.Node) ? caller : null;
        if (Caller is null && handle.Node.IsStopping)
        {
            return ValueTask.FromException(handle.Node.StoppedException());
        }

        if (!ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext) || Telemetry.IsEnabled)
        {
            Telemetry.Sending(this);
        }

        if (cancellation.CanBeCanceled)
        {
            if (cancellation.IsCancellationRequested)
            {
                return ValueTask.FromCanceled(cancellation);
            }

            Cancellation = cancellation;
        }

        try
        {
            Activation activation = handle.Activation is { IsClosed: false } known ? known : handle.Find();
            if (activation.HasWaitingSenders)
            {
                return Wait(handle);
            }

            return handle.Post(this, bounded: true) == PostResult.Full ? Wait(handle) : default;
        }
        catch (WireException e)
        {
            return ValueTask.FromException(e);
        }
    }

    private async ValueTask Wait(WireHandle handle)
    {
        // Not in the caller's turns: whoever makes room completes the wait.
        while (true)
        {
            Activation activation = handle.Find();
            WaitingSender? sender = activation.WaitingRoom.PostOrWait(activation, this, out PostResult result);
            if (sender is not null)
            {
                result = await sender.WaitAsync().ConfigureAwait(false);
            }

            if (result == PostResult.Queued)
            {
                return;
            }
        }
    }

    private protected override void Ended(Activation wire, Exception? failure)
    {
        if (failure is not null)
        {
            wire.Node.Log.OneWayFailed(wire.Id, Method.Signature, failure);
        }

        if (Children != 0)
        {
            IsRetained = true;
        }

        Recycle();
    }

    internal override void Discard(Exception reason) => Handle?.Node.Log.OneWayFailed(Handle.Id, Method.Signature, reason);
}
