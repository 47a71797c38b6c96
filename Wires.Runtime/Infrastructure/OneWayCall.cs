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
        if (Caller is null ? handle.Node.IsStopping : Caller.Life.IsOver)
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
            while (true)
            {
                Activation? activation = handle.Activation is { IsClosed: false } known ? known : handle.GoesElsewhere ? null : handle.Find();
                if (activation is null)
                {
                    Deadline = handle.Node.DeadlineFor(handle);
                    return handle.Route().SendOneWay(this);
                }

                PostResult result = activation.HasWaitingSenders ? PostResult.Full : activation.Post(this, bounded: true);
                switch (result)
                {
                    case PostResult.Queued:
                        return default;
                    case PostResult.Full:
                        return WaitForRoomAsync();
                    default:
                        handle.Forget(activation);
                        break;
                }
            }
        }
        catch (Exception e) when (e is WireException or Serialization.WireSerializationException or Transport.TransportException)
        {
            return ValueTask.FromException(e);
        }
    }

    /// <summary>Waits until the wire's mailbox has room for this call, and queues it.</summary>
    /// <exception cref="WireOverloadedException">There was none before the deadline.</exception>
    internal async ValueTask WaitForRoomAsync()
    {
        WireHandle handle = Handle!;

        // Not in the caller's turns: whoever makes room completes the wait.
        while (true)
        {
            if (handle.Find() is not { } activation)
            {
                if (Origin is Inbound origin)
                {
                    // It follows the wire by way of its own node, as the calls behind it will.
                    handle.Node.Cluster!.PassRoute(handle);
                    origin.TrySendBack(this, hint: 0);
                    return;
                }

                await handle.Route().SendOneWay(this).ConfigureAwait(false);
                return;
            }

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

        if (Origin is Inbound origin)
        {
            origin.Ended_OnTurn(this);
        }

        Recycle();
    }

    internal override void Discard(Exception reason)
    {
        Handle?.Node.Log.OneWayFailed(Handle.Id, Method.Signature, reason);
        (Origin as Inbound)?.GiveRoom(OriginAlias, 1);
    }
}
