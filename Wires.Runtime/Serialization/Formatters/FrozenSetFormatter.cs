using System.Collections.Frozen;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="FrozenSet{T}"/>.</summary>
public sealed class FrozenSetFormatter<T> : SequenceFormatter<FrozenSet<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(FrozenSet<T> value) => value.ToArray();

    private protected override FrozenSet<T> FromArray(T[] items)
    {
        var value = items.ToFrozenSet();
        CheckCount(value.Count, items);
        return value;
    }
}
