namespace Wires.Operating;

/// <summary>Where a node stands that sends wires away.</summary>
internal enum EmptyingPhase : byte
{
    /// <summary>Wires go.</summary>
    Moving = 0,

    /// <summary>All that could go have gone.</summary>
    Done = 1,

    /// <summary>What stays keeps the node from leaving.</summary>
    Refused = 2,

    /// <summary>Nothing is left, and the node leaves the cluster.</summary>
    Leaving = 3,
}
