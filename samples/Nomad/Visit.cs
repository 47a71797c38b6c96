namespace Nomad;

/// <summary>What the wanderer remembers of a node.</summary>
public sealed record Visit(string Node, string Place, double Degrees);
