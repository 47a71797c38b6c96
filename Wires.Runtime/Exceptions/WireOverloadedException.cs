namespace Wires;

/// <summary>The mailbox of the called wire is full. The call has not been queued and will not run.</summary>
public sealed class WireOverloadedException : WireException
{
    /// <inheritdoc/>
    public WireOverloadedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
