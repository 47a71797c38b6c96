namespace RayTracer.Rendering;

/// <summary>What a picture knows of one of its tiles.</summary>
internal record struct TileProgress
{
    /// <summary>Where it was last heard of.</summary>
    public string? Node { get; set; }

    /// <summary>How many samples of each pixel it had then.</summary>
    public int Slices { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset HeardAt { get; set; }

    /// <summary>Whether its pixels are here.</summary>
    public bool IsDelivered { get; set; }
}

/// <summary>What a picture knows of a node that has rendered tiles of it.</summary>
internal sealed class NodeTotals
{
    /// <summary>Its speed.</summary>
    public double Speed { get; set; }

    /// <summary>How much time it has spent.</summary>
    public TimeSpan Busy { get; set; }

    /// <summary>How many tiles it has finished.</summary>
    public int Finished { get; set; }
}
