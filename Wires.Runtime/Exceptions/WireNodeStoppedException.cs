namespace Wires;

/// <summary>The node is stopping or has stopped.</summary>
public sealed class WireNodeStoppedException : WireException
{
    /// <inheritdoc/>
    public WireNodeStoppedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
