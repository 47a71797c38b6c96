using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>What generated code says of a method.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum WireMethodFlags
{
    /// <summary>An ordinary method.</summary>
    None = 0,

    /// <summary><see cref="InterleaveAttribute"/>.</summary>
    Interleave = 1,

    /// <summary><see cref="OneWayAttribute"/>.</summary>
    OneWay = 2,

    /// <summary>The result is mutable and not moved: it is copied in the callee's turn.</summary>
    CopiesResult = 4,

    /// <summary>Returns <see cref="IAsyncEnumerable{T}"/>.</summary>
    Stream = 8,

    /// <summary><see cref="EveryAttribute"/>.</summary>
    Tick = 16,
}
