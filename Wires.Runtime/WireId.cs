namespace Wires;

/// <summary>The identity of a wire in its cluster: the name of its type and its key.</summary>
/// <param name="Type">The name of the wire type.</param>
/// <param name="Key">The key among the wires of that type.</param>
public readonly record struct WireId(string Type, WireKey Key)
{
    /// <summary><c>Type/key</c>.</summary>
    public override string ToString() => $"{Type}/{Key}";
}
