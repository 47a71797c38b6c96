using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableStack{T}"/>, from the bottom to the top.</summary>
public sealed class InterfaceImmutableStackFormatter<T> : InterfaceSequenceFormatter<IImmutableStack<T>, T>
{
    internal override Type ReadsAs => typeof(ImmutableStack<T>);

    private protected override T[] ToArray(IImmutableStack<T> value) => Reversed.Of(value.ToArray());

    private protected override IImmutableStack<T> FromArray(T[] items) => ImmutableStack.Create(items);
}
