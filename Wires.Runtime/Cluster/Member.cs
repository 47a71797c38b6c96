namespace Wires.Cluster;

/// <summary>A node as the view names it.</summary>
/// <param name="Incarnation">Random; a node that rejoins is another member.</param>
/// <param name="Name">For people.</param>
/// <param name="Address">host:port.</param>
/// <param name="Speed">Its share of slots, relative to others.</param>
/// <param name="Build">What code it runs.</param>
/// <param name="IsLeaving">It hands its slots over and gets none.</param>
internal sealed record Member(long Incarnation, string Name, string Address, double Speed, Guid Build, bool IsLeaving = false);
