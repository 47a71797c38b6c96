using Wires.Infrastructure;

namespace Wires;

/// <summary>The wire whose code runs, as others may know it. Pass this on instead of <c>this</c>.</summary>
public readonly struct WireSelf
{
    private readonly WireHandle _handle;

    internal WireSelf(WireHandle handle, long epoch)
    {
        _handle = handle;
        Epoch = epoch;
    }

    /// <summary>
    /// A fencing number: grows when the wire comes to life anew after its node was lost or its slot of the cluster has changed hands. Give it to stores outside the cluster, so that
    /// they refuse what an earlier life of the wire may still send. 0 without a cluster.
    /// </summary>
    public long Epoch { get; }

    /// <summary>The identity.</summary>
    public WireId Id => _handle.Id;

    /// <summary>The key.</summary>
    public WireKey Key => _handle.Key;

    /// <summary>A ref to this wire.</summary>
    /// <exception cref="InvalidOperationException">The wire is not of the ref's type.</exception>
    public TRef As<TRef>()
        where TRef : struct, IWireRef<TRef> =>
        ReferenceEquals(TRef.Type, _handle.Type)
            ? TRef.FromHandle(_handle)
            : throw new InvalidOperationException($"Wire {_handle.Id} is not a {TRef.Type.Name}: {typeof(TRef).Name} cannot name it.");
}
