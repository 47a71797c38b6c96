namespace Wires.Cluster;

/// <summary>What became of a restore.</summary>
internal enum RestoreResult
{
    /// <summary>All is put back, and the node has its lease.</summary>
    Restored,

    /// <summary>The same view was there already; the node has its lease.</summary>
    Joined,

    /// <summary>A later view of the same generation is stored: read it.</summary>
    Newer,

    /// <summary>An older generation is stored: the node is of the younger one and has to yield.</summary>
    OlderGenerationStored,

    /// <summary>The same view is stored, but the node's lease has ended and nothing is being restored: it was removed.</summary>
    Refused,
}
