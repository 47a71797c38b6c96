using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableHashSet{T}"/>.</summary>
public sealed class ImmutableHashSetFormatter<T> : SequenceFormatter<ImmutableHashSet<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override T[] ToArray(ImmutableHashSet<T> value) => value.ToArray();

    private protected override ImmutableHashSet<T> FromArray(T[] items)
    {
        var value = ImmutableHashSet.Create(items);
        CheckCount(value.Count, items);
        return value;
    }
}
