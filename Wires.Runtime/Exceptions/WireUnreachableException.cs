namespace Wires;

/// <summary>
/// The node of the called wire cannot be reached, or was lost while the call was under way. <see cref="WireException.IsRefused"/> tells whether it is certain that the call has not run.
/// </summary>
public sealed class WireUnreachableException : WireException
{
    /// <inheritdoc/>
    public WireUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
