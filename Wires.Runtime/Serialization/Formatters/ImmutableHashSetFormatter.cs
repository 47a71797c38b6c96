using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableHashSet{T}"/>.</summary>
public sealed class ImmutableHashSetFormatter<T> : SequenceFormatter<ImmutableHashSet<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => EqualityComparer<T>.Default;

    private protected override object ComparerOf(ImmutableHashSet<T> value) => value.KeyComparer;

    private protected override T[] ToArray(ImmutableHashSet<T> value) => value.ToArray();

    private protected override ImmutableHashSet<T> FromArray(T[] items)
    {
        var value = ImmutableHashSet.Create(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override ImmutableHashSet<T> FromArray(T[] items, object? comparer)
    {
        var value = ImmutableHashSet.Create(As<IEqualityComparer<T>>(comparer), items);
        CheckCount(value.Count, items);
        return value;
    }
}
