namespace RayTracer.Rendering;

/// <summary>How far a picture has come.</summary>
/// <param name="Tiles">How many tiles it has.</param>
/// <param name="Delivered">How many of them are finished.</param>
/// <param name="Progress">From 0 to 1.</param>
/// <param name="Restarts">How often a tile was lost and begun anew.</param>
/// <param name="Nodes">What is known of each node that has rendered.</param>
public sealed record PictureStatus(int Tiles, int Delivered, double Progress, int Restarts, IReadOnlyList<NodeShare> Nodes)
{
    /// <summary>What there is to tell before anybody was asked.</summary>
    public static PictureStatus Of(RenderJob job) => new(job?.TileCount ?? 0, 0, 0, 0, []);

    /// <summary>Whether all is there.</summary>
    public bool IsComplete => Delivered == Tiles;
}

/// <summary>A node's part in a picture.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Speed">Its speed.</param>
/// <param name="Tiles">How many unfinished tiles were last heard of from there.</param>
/// <param name="Finished">How many tiles it has finished.</param>
/// <param name="Busy">How much time it has spent on slices.</param>
public sealed record NodeShare(string Node, double Speed, int Tiles, int Finished, TimeSpan Busy);
