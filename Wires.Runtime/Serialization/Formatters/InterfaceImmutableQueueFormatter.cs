using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableQueue{T}"/>, first the next one out.</summary>
public sealed class InterfaceImmutableQueueFormatter<T> : InterfaceSequenceFormatter<IImmutableQueue<T>, T>
{
    internal override Type ReadsAs => typeof(ImmutableQueue<T>);

    private protected override T[] ToArray(IImmutableQueue<T> value) => value.ToArray();

    private protected override IImmutableQueue<T> FromArray(T[] items) => ImmutableQueue.Create(items);
}
