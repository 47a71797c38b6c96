using Wires;

namespace SocialGraph.Ranking;

/// <summary>What a vertex tells of itself.</summary>
/// <param name="Vertex">Which one.</param>
/// <param name="Node">Where it is.</param>
/// <param name="Round">How many rounds it has done, of all runs.</param>
/// <param name="Rank">Its rank after that.</param>
/// <param name="Local">Shares that have come since the last report from neighbours on its own node.</param>
/// <param name="Remote">The others.</param>
/// <param name="Moves">How often it has moved.</param>
[Immutable]
public sealed record VertexReport(int Vertex, string Node, int Round, double Rank, int Local, int Remote, int Moves);
