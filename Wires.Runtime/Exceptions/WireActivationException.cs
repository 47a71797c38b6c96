namespace Wires;

/// <summary>The called wire could not be brought to life: its constructor or <see cref="IAttached.OnAttached"/> threw. The call has not run.</summary>
public sealed class WireActivationException : WireException
{
    /// <inheritdoc/>
    public WireActivationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
