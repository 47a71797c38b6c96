using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyCollection{T}"/>, over a new array.</summary>
public sealed class ReadOnlyCollectionFormatter<T> : SequenceFormatter<ReadOnlyCollection<T>, T>
{
    private protected override T[] ToArray(ReadOnlyCollection<T> value) => value.ToArray();

    private protected override ReadOnlyCollection<T> FromArray(T[] items) => new(items);
}
