using SocialGraph.Ranking;

namespace SocialGraph.View;

/// <summary>What there is to see at one moment.</summary>
/// <param name="Elapsed">Since the first share.</param>
/// <param name="IsHeld">Vertices stay where they are.</param>
/// <param name="Runs">Of PageRank that are done.</param>
/// <param name="Moves">Of vertices.</param>
/// <param name="Traffic">Of the last seconds.</param>
/// <param name="History">The share of remote messages, second by second.</param>
internal sealed record RunFrame(TimeSpan Elapsed, bool IsHeld, int Runs, int Moves, Traffic Traffic, IReadOnlyList<double> History);
