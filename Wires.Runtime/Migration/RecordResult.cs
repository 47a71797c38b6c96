namespace Wires.Migration;

/// <summary>What a wire's home makes of a move.</summary>
internal enum RecordResult : byte
{
    /// <summary>It names the new place from now on.</summary>
    Recorded = 1,

    /// <summary>The wire is not where the move says that it is.</summary>
    Refused = 2,

    /// <summary>This node is not the wire's home, or not yet.</summary>
    NotHome = 3,

    /// <summary>No home could be asked, as this node's membership has ended.</summary>
    Unknown = 4,
}
