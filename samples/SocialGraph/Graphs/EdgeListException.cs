namespace SocialGraph.Graphs;

/// <summary>An edge list says what makes no sense.</summary>
public sealed class EdgeListException(string message) : Exception(message);
