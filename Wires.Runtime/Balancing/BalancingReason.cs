namespace Wires.Balancing;

/// <summary>Why a wire was to move.</summary>
public enum BalancingReason
{
    /// <summary>The node had more work than the target.</summary>
    Load = 0,

    /// <summary>Its company is on the target: an exchange of two nodes.</summary>
    Affinity = 1,

    /// <summary>The node was short of memory.</summary>
    Memory = 2,

    /// <summary>The node is being drained.</summary>
    Drain = 3,

    /// <summary>The wire was new.</summary>
    Placement = 4,
}
