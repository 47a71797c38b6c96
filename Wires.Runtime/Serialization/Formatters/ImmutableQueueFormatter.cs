using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableQueue{T}"/>, first the next one out.</summary>
public sealed class ImmutableQueueFormatter<T> : SequenceFormatter<ImmutableQueue<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override T[] ToArray(ImmutableQueue<T> value) => value.ToArray();

    private protected override ImmutableQueue<T> FromArray(T[] items) => ImmutableQueue.Create(items);
}
