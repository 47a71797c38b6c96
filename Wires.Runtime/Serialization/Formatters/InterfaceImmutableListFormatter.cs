using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableList{T}"/>.</summary>
public sealed class InterfaceImmutableListFormatter<T> : SequenceFormatter<IImmutableList<T>, T>
{
    private protected override bool AcceptsSubtypes => true;

    private protected override T[] ToArray(IImmutableList<T> value) => value.ToArray();

    private protected override IImmutableList<T> FromArray(T[] items) => ImmutableList.Create(items);
}
