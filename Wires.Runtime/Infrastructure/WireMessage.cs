using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>What a mailbox holds: a call, an answer or the continuation of a suspended method. It is its own queue node.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireMessage
{
    private protected WireMessage()
    {
    }

    /// <summary>The message queued before this one, or the next one in a free list.</summary>
    internal WireMessage? Next;

    /// <summary>How many bounded messages the chain that starts here holds. Negative: a mark of a mailbox state, not a message.</summary>
    internal int Depth;

    /// <summary>Runs in a turn of <paramref name="wire"/>.</summary>
    internal abstract void Process_OnTurn(Activation wire);

    /// <summary>The mailbox that holds this message will never run it.</summary>
    /// <param name="reason">What to tell whoever waits.</param>
    internal abstract void Discard(Exception reason);
}
