using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Collection{T}"/>.</summary>
public sealed class CollectionFormatter<T> : SequenceFormatter<Collection<T>, T>
{
    private protected override T[] ToArray(Collection<T> value) => value.ToArray();

    private protected override Collection<T> FromArray(T[] items) => new(new List<T>(items));
}
