namespace Wires.Generators.Serialization;

/// <summary>What generated code does with a value of one type: how it is written, read and copied.</summary>
/// <param name="Name">Fully qualified, without nullable annotations and tuple names: equal names are equal types at run time.</param>
/// <param name="Encoding">How a value is written.</param>
/// <param name="IsReference">Values may be null and may have another run-time type.</param>
/// <param name="IsShared">Immutable, or a value type that its assignment copies: never copied by a formatter.</param>
/// <param name="HoldsReferences">A field of this type keeps objects alive, so pooled messages clear it.</param>
/// <param name="Reason">Why it is unsupported and what to do instead; null when it is supported.</param>
internal sealed record TypePlan(
    string Name,
    ValueEncoding Encoding,
    bool IsReference,
    bool IsShared,
    bool HoldsReferences,
    string? Reason = null)
{
    /// <summary>The element type of an <see cref="ValueEncoding.UnmanagedArray"/>, the underlying one of a <see cref="ValueEncoding.Nullable"/>.</summary>
    public string? Element { get; init; }

    public bool IsSupported => Encoding != ValueEncoding.Unsupported;

    /// <summary>The type as a local, a field or a parameter that may be null.</summary>
    public string NullableName => IsReference ? Name + "?" : Name;
}
