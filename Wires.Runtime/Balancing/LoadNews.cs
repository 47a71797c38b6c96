namespace Wires.Balancing;

/// <summary>What a node sends to one other node each round.</summary>
/// <param name="From">Who.</param>
/// <param name="Entries">Its own entry first, then the freshest of others'.</param>
internal sealed record LoadNews(long From, NewsEntry[] Entries);
