using Wires.Infrastructure;

namespace Wires.Remoting;

/// <summary>Who gets the answer of a call that was not made by the wire or the code that its object is in the hands of.</summary>
internal abstract class CallOrigin
{
    /// <summary>Sends what a call came to. The call is not used any more.</summary>
    public abstract void SendAnswer(Ask call, Exception? error);
}
