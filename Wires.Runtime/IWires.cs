namespace Wires;

/// <summary>A node's door to the wires of its cluster. Registered by <c>AddWires()</c>.</summary>
public interface IWires
{
    /// <summary>The name of this node.</summary>
    string Node { get; }

    /// <summary>Names a wire. No message is sent; the wire comes alive on its first call.</summary>
    TRef Get<TRef>(string key) where TRef : struct, IWireRef<TRef>;

    /// <inheritdoc cref="Get{TRef}(string)"/>
    TRef Get<TRef>(long key) where TRef : struct, IWireRef<TRef>;

    /// <inheritdoc cref="Get{TRef}(string)"/>
    TRef Get<TRef>(Guid key) where TRef : struct, IWireRef<TRef>;

    /// <summary>Names a new wire under a key that nobody else has.</summary>
    TRef Spawn<TRef>() where TRef : struct, IWireRef<TRef>;
}
