namespace Wires.Mailboxes;

/// <summary>Why a wire's slice of turns has ended.</summary>
internal enum SliceEnd
{
    /// <summary>Nothing is left to do.</summary>
    Rested,

    /// <summary>It has had its time; others have sent it more.</summary>
    GaveWay,

    /// <summary>It has had its time, and goes on by itself: with a message that it has sent to itself, or after a yield.</summary>
    DrivesItself,

    /// <summary>It stands still, to move.</summary>
    Frozen,
}
