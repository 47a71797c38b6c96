using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableList{T}"/>.</summary>
public sealed class InterfaceImmutableListFormatter<T> : InterfaceSequenceFormatter<IImmutableList<T>, T>
{
    internal override Type ReadsAs => typeof(ImmutableList<T>);

    private protected override T[] ToArray(IImmutableList<T> value) => value.ToArray();

    private protected override IImmutableList<T> FromArray(T[] items) => ImmutableList.Create(items);
}
