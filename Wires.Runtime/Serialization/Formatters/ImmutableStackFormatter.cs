using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableStack{T}"/>, from the bottom to the top.</summary>
public sealed class ImmutableStackFormatter<T> : SequenceFormatter<ImmutableStack<T>, T>
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override T[] ToArray(ImmutableStack<T> value) => Reversed.Of(value.ToArray());

    private protected override ImmutableStack<T> FromArray(T[] items) => ImmutableStack.Create(items);
}
