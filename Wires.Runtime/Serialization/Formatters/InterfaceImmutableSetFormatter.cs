using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableSet{T}"/>.</summary>
public sealed class InterfaceImmutableSetFormatter<T> : InterfaceSequenceFormatter<IImmutableSet<T>, T>
{
    internal override Type ReadsAs => typeof(ImmutableHashSet<T>);

    private protected override bool ComparesElements => true;

    private protected override T[] ToArray(IImmutableSet<T> value) => value.ToArray();

    private protected override IImmutableSet<T> FromArray(T[] items)
    {
        var value = ImmutableHashSet.Create(items);
        CheckCount(value.Count, items);
        return value;
    }
}
