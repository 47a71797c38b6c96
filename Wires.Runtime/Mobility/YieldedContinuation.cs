using Wires.Infrastructure;

namespace Wires.Mobility;

/// <summary>The rest of a method that is not a frame of ours and awaited <see cref="Wire.Yield"/>.</summary>
internal sealed class YieldedContinuation(Action continuation, WireCall? call) : WireMessage
{
    internal override void Process_OnTurn(Activation wire)
    {
        wire.EndYield_OnTurn();
        wire.Enter_OnTurn(call);
        continuation();
    }

    internal override void Discard(Exception reason)
    {
    }
}
