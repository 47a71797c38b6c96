namespace RayTracer.Nodes;

/// <summary>A service of each node: how fast it renders, for who shows it.</summary>
/// <param name="Processors">How many processors of its machine it has.</param>
public sealed record NodeSpeed(double Processors);
