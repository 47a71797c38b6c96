namespace RayTracer;

/// <summary>What the user asked for.</summary>
/// <param name="Obj">The model; null for the built-in scene.</param>
/// <param name="Size">The picture's.</param>
/// <param name="Samples">For each pixel.</param>
/// <param name="Nodes">How many nodes there are at first.</param>
/// <param name="Output">Where the picture is written.</param>
/// <param name="Workers">How many processors the nodes of this process may use together.</param>
/// <param name="HasBaseline">Whether the picture is rendered by one node first, to compare.</param>
internal sealed record RenderSettings(FileInfo? Obj, PictureSize Size, int Samples, int Nodes, FileInfo Output, double Workers, bool HasBaseline)
{
    /// <summary>The edge of a tile: with the default scene, a slice then takes some two milliseconds.</summary>
    public const int TileSize = 32;
}

/// <summary>How a process joins a cluster of others.</summary>
/// <param name="Redis">What they share.</param>
/// <param name="Listen">Where others reach this one.</param>
/// <param name="Secret">What they prove to each other that they know.</param>
internal sealed record JoinSettings(string Redis, string? Listen, string? Secret);
