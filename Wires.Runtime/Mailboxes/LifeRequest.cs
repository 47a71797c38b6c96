using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>Something that the node asks of a wire, done in a turn of it.</summary>
internal sealed class LifeRequest(Action<Activation> action) : WireMessage
{
    internal override void Process_OnTurn(Activation wire)
    {
        if (wire.Wire is not null)
        {
            action(wire);
        }
    }

    internal override void Discard(Exception reason)
    {
    }
}
