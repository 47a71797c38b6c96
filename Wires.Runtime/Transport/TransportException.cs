namespace Wires.Transport;

/// <summary>A connection could not be made, or has ended, or a frame could not be sent. The message says what to do.</summary>
internal sealed class TransportException(TransportFault fault, string message, Exception? innerException = null)
    : WireException(message, innerException)
{
    public TransportFault Fault { get; } = fault;
}
