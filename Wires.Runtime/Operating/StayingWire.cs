namespace Wires;

/// <summary>A wire that should go and does not.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Reason">What keeps it.</param>
public sealed record StayingWire(WireId Id, PinReason Reason);
