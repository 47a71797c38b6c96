namespace RayTracer.Rendering;

/// <summary>What a tile did in a slice of time.</summary>
/// <param name="Busy">How long it took.</param>
/// <param name="HasMore">Whether it has more to do on this node.</param>
public readonly record struct Slice(TimeSpan Busy, bool HasMore);
