using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>The rest of a method that awaited a foreign task.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state, WireCall? call, bool primary) : WireMessage
{
    internal override void Process_OnTurn(Activation wire)
    {
        if (wire.Wire is null)
        {
            // The node stopped without waiting for it.
            return;
        }

        wire.Enter_OnTurn(primary ? wire.PrimaryCall_OnTurn : call);
        try
        {
            callback(state);
        }
        catch (Exception e)
        {
            // As in any SynchronizationContext: async void and Post have nobody to tell.
            wire.Node.Log.ContinuationFailed(wire.Id, e);
        }
    }

    /// <summary>The wire has moved, and with it the frame that this would continue: it tells its deputy.</summary>
    internal void LeaveBehind() => callback(state);

    internal override void Discard(Exception reason)
    {
    }
}
