namespace Wires;

/// <summary>A call was not answered before its deadline. Whether it ran, or still will, is not known.</summary>
public sealed class WireTimeoutException : TimeoutException
{
    /// <inheritdoc/>
    public WireTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
