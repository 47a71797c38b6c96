namespace Wires.Cluster;

/// <summary>What became of a renewal.</summary>
internal enum RenewOutcome
{
    /// <summary>The lease goes on.</summary>
    Renewed,

    /// <summary>The node has no lease. While <see cref="RenewResult.IsRestoring"/>, the coordinator may have lost it: a restore tells.</summary>
    LeaseEnded,

    /// <summary>Nothing is stored: the coordinator has lost all.</summary>
    GenerationLost,

    /// <summary>Another cluster is stored.</summary>
    OtherGeneration,
}
