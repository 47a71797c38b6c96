using System.ComponentModel;
using Wires.Infrastructure;

namespace Wires;

/// <summary>What every generated ref is: a small value that names a wire and sends it messages.</summary>
/// <typeparam name="TSelf">The ref itself.</typeparam>
public interface IWireRef<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IWireRef<TSelf>
{
    /// <summary>The wire that this ref names.</summary>
    /// <exception cref="InvalidOperationException">The ref is <c>default</c>.</exception>
    WireId Id { get; }

    /// <summary>The same wire, called with another deadline.</summary>
    /// <param name="timeout">From the call to its answer; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    TSelf WithTimeout(TimeSpan timeout);

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract WireType Type { get; }

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf FromHandle(WireHandle handle);

    /// <summary>For generated code: null in a <c>default</c> ref.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    WireHandle? Handle { get; }
}
