namespace Wires;

/// <summary>A wire could not be moved. It lives on where it was, with its state and its waiting calls.</summary>
public sealed class WireMigrationException : WireException
{
    /// <summary>Says why.</summary>
    public WireMigrationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal WireMigrationException(WireId wire, PinReason reason)
        : base($"Wire {wire} does not move: {reason.Text}.") => Reason = reason;

    /// <summary>An equal one, for a caller.</summary>
    internal WireMigrationException(string message, PinReason reason, Exception? innerException)
        : base(message, innerException) => Reason = reason;

    /// <summary>What keeps the wire.</summary>
    public PinReason Reason { get; }
}
