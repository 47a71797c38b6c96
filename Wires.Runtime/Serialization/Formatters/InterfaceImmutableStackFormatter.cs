using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableStack{T}"/>, from the bottom to the top.</summary>
public sealed class InterfaceImmutableStackFormatter<T> : SequenceFormatter<IImmutableStack<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(IImmutableStack<T> value) => Reversed.Of(value.ToArray());

    private protected override IImmutableStack<T> FromArray(T[] items) => ImmutableStack.Create(items);
}
