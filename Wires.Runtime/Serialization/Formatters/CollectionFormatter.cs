using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Collection{T}"/>.</summary>
public sealed class CollectionFormatter<T>() : ViewFormatter<Collection<T>, IList<T>, T>(new InterfaceListFormatter<T>())
{
    private protected override T[] ToArray(Collection<T> value) => value.ToArray();

    private protected override Collection<T> FromArray(T[] items) => new(new List<T>(items));

    private protected override IList<T> InnerOf(Collection<T> value) => Views<T>.ItemsOf(value);

    private protected override Collection<T> Over(IList<T> inner) => new(inner);
}
