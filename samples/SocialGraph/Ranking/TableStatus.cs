using Wires;

namespace SocialGraph.Ranking;

/// <summary>What all vertices together have told.</summary>
/// <param name="LeastRound">The round that all have done.</param>
/// <param name="Done">How many have done all rounds of the present run.</param>
/// <param name="Moves">Of vertices, from node to node.</param>
/// <param name="Nodes">Those that vertices were on, by name.</param>
[Immutable]
public sealed record TableStatus(int LeastRound, int Done, int Moves, IReadOnlyList<NodeShare> Nodes);

/// <summary>What the vertices of a node have told.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Vertices">That are there now.</param>
/// <param name="Local">Shares that have come there from the same node, in all.</param>
/// <param name="Remote">Shares that have come there from other nodes.</param>
[Immutable]
public sealed record NodeShare(string Node, int Vertices, long Local, long Remote);
