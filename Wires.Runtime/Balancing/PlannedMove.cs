namespace Wires.Balancing;

/// <summary>A wire that is to move, and why.</summary>
/// <param name="Wire">Which; <see cref="BusyWire.IsMoving"/> until it has ended.</param>
/// <param name="Target">Where to.</param>
/// <param name="Decision">The numbers behind it.</param>
internal sealed record PlannedMove(BusyWire Wire, long Target, BalancingDecision Decision);
