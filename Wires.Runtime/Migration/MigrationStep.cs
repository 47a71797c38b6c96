namespace Wires.Migration;

/// <summary>Where a move is when a test looks, or lets something happen.</summary>
internal enum MigrationStep
{
    /// <summary>The target has agreed to take wires; nothing is frozen.</summary>
    Offered,

    /// <summary>The wire's turns stand still.</summary>
    Frozen,

    /// <summary>The image is on its way.</summary>
    Sent,

    /// <summary>The target has rebuilt the wire.</summary>
    Prepared,

    /// <summary>The target keeps the wire until it is told to run or to drop it.</summary>
    Taken,

    /// <summary>The wire's home names the target.</summary>
    Recorded,

    /// <summary>The target was told to run the wire.</summary>
    Released,
}
