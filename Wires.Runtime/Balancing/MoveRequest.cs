namespace Wires.Balancing;

/// <summary>Wires that are to move to one node once it has granted it.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Question">What to ask it.</param>
/// <param name="Moves">The moves, in the order in which they were decided.</param>
internal sealed record MoveRequest(long Target, GrantRequest Question, IReadOnlyList<PlannedMove> Moves);
