namespace Wires;

/// <summary>A wire that is alive.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Node">The node that it lives on.</param>
/// <param name="IsGuest">Whether its home is another node.</param>
/// <param name="Waiting">How many messages wait for it, roughly.</param>
/// <param name="Busy">The share of looks at it that saw it run, from 0 to 1; null where nobody looked.</param>
public sealed record WireReport(WireId Id, string Node, bool IsGuest, int Waiting, double? Busy);
