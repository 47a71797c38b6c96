namespace Wires;

/// <summary>What an operator asked for was not done.</summary>
public sealed class WireOperatorException : WireException
{
    /// <summary>Says why.</summary>
    public WireOperatorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The wires that keep a node from leaving.</summary>
    public IReadOnlyList<StayingWire> Stays { get; internal init; } = [];
}
