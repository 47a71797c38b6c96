namespace RayTracer.Rendering;

/// <summary>A picture to be rendered.</summary>
/// <param name="Id">Tells it from all others; its wires are found by it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Samples">How many for each pixel.</param>
/// <param name="TileSize">The edge of a tile, in pixels.</param>
public sealed record RenderJob(Guid Id, int Width, int Height, int Samples, int TileSize)
{
    /// <summary>How many blocks a tile's thumbnail has in a row.</summary>
    public const int ThumbnailSize = 4;

    /// <summary>How many tiles are in a row.</summary>
    public int Columns => (Width + TileSize - 1) / TileSize;

    /// <summary>How many tiles there are.</summary>
    public int TileCount => Columns * ((Height + TileSize - 1) / TileSize);

    /// <summary>Where a tile is; those at the right and lower edges may be smaller.</summary>
    public TileRegion RegionOf(int tile)
    {
        int x = tile % Columns * TileSize, y = tile / Columns * TileSize;
        return new TileRegion(x, y, Math.Min(TileSize, Width - x), Math.Min(TileSize, Height - y));
    }

    /// <summary>The key of a tile's wire.</summary>
    public string KeyOf(int tile) => $"{Id:N}/{tile}";
}
