using System.Collections.Frozen;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="FrozenSet{T}"/>.</summary>
public sealed class FrozenSetFormatter<T> : SequenceFormatter<FrozenSet<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => EqualityComparer<T>.Default;

    private protected override object ComparerOf(FrozenSet<T> value) => value.Comparer;

    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(FrozenSet<T> value) => value.ToArray();

    private protected override FrozenSet<T> FromArray(T[] items)
    {
        var value = items.ToFrozenSet();
        CheckCount(value.Count, items);
        return value;
    }

    private protected override FrozenSet<T> FromArray(T[] items, object? comparer)
    {
        var value = items.ToFrozenSet(As<IEqualityComparer<T>>(comparer));
        CheckCount(value.Count, items);
        return value;
    }
}
