using System.Collections.Immutable;

namespace RayTracer.Rendering;

/// <summary>What a tile tells its picture after each slice of work.</summary>
/// <param name="Tile">Its number.</param>
/// <param name="Node">Where it is.</param>
/// <param name="Speed">That node's speed.</param>
/// <param name="Slices">How much is done.</param>
/// <param name="Busy">How long the slice took.</param>
/// <param name="IsAnew">Whether this is the first slice after the tile was lost with a node.</param>
/// <param name="Thumbnail">What it looks like so far: three bytes for each of <see cref="RenderJob.ThumbnailSize"/>² blocks.</param>
public sealed record TileReport(int Tile, string Node, double Speed, int Slices, TimeSpan Busy, bool IsAnew, ImmutableArray<byte> Thumbnail);
