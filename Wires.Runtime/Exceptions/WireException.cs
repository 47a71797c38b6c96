namespace Wires;

/// <summary>The base of the exceptions that the runtime itself throws.</summary>
public class WireException : Exception
{
    /// <summary>Makes one with a message.</summary>
    public WireException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
