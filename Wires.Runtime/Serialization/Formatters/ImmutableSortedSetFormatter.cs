using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableSortedSet{T}"/>.</summary>
public sealed class ImmutableSortedSetFormatter<T> : SequenceFormatter<ImmutableSortedSet<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => Comparer<T>.Default;

    private protected override object ComparerOf(ImmutableSortedSet<T> value) => value.KeyComparer;

    private protected override T[] ToArray(ImmutableSortedSet<T> value) => value.ToArray();

    private protected override ImmutableSortedSet<T> FromArray(T[] items)
    {
        var value = ImmutableSortedSet.Create(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override ImmutableSortedSet<T> FromArray(T[] items, object? comparer)
    {
        var value = ImmutableSortedSet.Create(As<IComparer<T>>(comparer), items);
        CheckCount(value.Count, items);
        return value;
    }
}
