namespace Wires.Cluster;

/// <summary>How far a node has gone in leaving.</summary>
internal enum Leaving
{
    No,

    /// <summary>It wants no slots any more.</summary>
    HandingOver,

    /// <summary>It wants to be removed from the view.</summary>
    Out,

    /// <summary>Nothing more to do.</summary>
    Gone,
}
