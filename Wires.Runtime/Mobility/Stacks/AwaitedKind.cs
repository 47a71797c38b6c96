namespace Wires.Mobility.Stacks;

/// <summary>What a frame waits for.</summary>
internal enum AwaitedKind : byte
{
    /// <summary>A <see cref="DelayFrame"/>, for its time.</summary>
    Delay,

    /// <summary>Its next turn.</summary>
    Yield,

    /// <summary>Another frame.</summary>
    Frame,

    /// <summary>A call that the wire has made.</summary>
    Call,

    /// <summary>What stays behind, and is told of.</summary>
    Foreign,

    /// <summary>A <see cref="RaceFrame"/>, for the first of several calls that the wire has made.</summary>
    AnyCall,

    /// <summary>The next item of a stream, which its awaiter names.</summary>
    Item,
}
