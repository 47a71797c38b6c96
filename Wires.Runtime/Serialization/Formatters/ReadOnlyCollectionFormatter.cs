using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyCollection{T}"/>, over a new array.</summary>
public sealed class ReadOnlyCollectionFormatter<T>() : ViewFormatter<ReadOnlyCollection<T>, IList<T>, T>(new InterfaceListFormatter<T>())
{
    private protected override T[] ToArray(ReadOnlyCollection<T> value) => value.ToArray();

    private protected override ReadOnlyCollection<T> FromArray(T[] items) => new(items);

    private protected override IList<T> InnerOf(ReadOnlyCollection<T> value) => Views<T>.ItemsOf(value);

    private protected override ReadOnlyCollection<T> Over(IList<T> inner) => new(inner);
}
