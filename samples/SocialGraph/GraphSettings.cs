namespace SocialGraph;

/// <summary>What the user asked for.</summary>
/// <param name="Nodes">How many nodes this process starts.</param>
/// <param name="Rounds">Of a run of PageRank.</param>
/// <param name="Held">For how long all vertices stay where their hash puts them.</param>
/// <param name="Time">For how long they may move after that.</param>
internal sealed record GraphSettings(int Nodes, int Rounds, TimeSpan Held, TimeSpan Time);

/// <summary>How a process joins a cluster of others.</summary>
/// <param name="Redis">What they share.</param>
/// <param name="Listen">Where others reach this one.</param>
/// <param name="Secret">What they prove to each other that they know.</param>
internal sealed record JoinSettings(string Redis, string? Listen, string? Secret);
