namespace Wires;

/// <summary>The base of the exceptions that the runtime itself throws.</summary>
public class WireException : Exception
{
    /// <summary>Makes one with a message.</summary>
    public WireException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether the call that this exception was thrown from was refused: it has not run and never will, so it may be repeated, or what was done for it taken back.
    /// False for everything that comes out of a method that ran, even if that method was itself refused elsewhere.
    /// </summary>
    public bool IsRefused { get; internal set; }
}
