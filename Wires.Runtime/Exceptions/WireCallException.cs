namespace Wires;

/// <summary>The called method threw an exception that cannot be rebuilt for the caller. <see cref="Exception.ToString"/> has the stack of the wire's side.</summary>
public sealed class WireCallException : WireException
{
    /// <summary>Makes one with a message.</summary>
    public WireCallException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one for an exception of another class.</summary>
    public WireCallException(string message, string exceptionType, Exception? innerException)
        : base(message, innerException) => ExceptionType = exceptionType;

    /// <summary>The full name of the exception's class.</summary>
    public string? ExceptionType { get; }
}
