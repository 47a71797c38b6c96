namespace RayTracer.Rendering;

/// <summary>A rectangle of a picture, in pixels.</summary>
public readonly record struct TileRegion(int X, int Y, int Width, int Height);
