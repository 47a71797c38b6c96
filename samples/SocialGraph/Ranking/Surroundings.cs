using Wires;

namespace SocialGraph.Ranking;

/// <summary>What is computed.</summary>
/// <param name="Id">The key of its <see cref="RankTable"/>.</param>
/// <param name="Vertices">Of the graph.</param>
[Immutable]
public sealed record GraphJob(Guid Id, int Vertices)
{
    /// <summary>The key of a vertex.</summary>
    public string KeyOf(int vertex) => $"{Id:N}/{vertex}";
}

/// <summary>What a vertex is told of the graph.</summary>
/// <param name="Job">What it is part of.</param>
/// <param name="Vertex">Which one it is.</param>
/// <param name="Neighbours">Ascending.</param>
[Immutable]
public sealed record Surroundings(GraphJob Job, int Vertex, int[] Neighbours);
