using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableList{T}"/>.</summary>
public sealed class ImmutableListFormatter<T> : SequenceFormatter<ImmutableList<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override T[] ToArray(ImmutableList<T> value) => value.ToArray();

    private protected override ImmutableList<T> FromArray(T[] items) => ImmutableList.Create(items);
}
