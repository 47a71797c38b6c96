using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlySet{T}"/>, over a new set.</summary>
public sealed class ReadOnlySetFormatter<T>() : ViewFormatter<ReadOnlySet<T>, ISet<T>, T>(new InterfaceSetFormatter<T>())
{
    private protected override T[] ToArray(ReadOnlySet<T> value) => value.ToArray();

    private protected override ReadOnlySet<T> FromArray(T[] items)
    {
        var set = new HashSet<T>(items);
        CheckCount(set.Count, items);
        return new ReadOnlySet<T>(set);
    }

    private protected override ISet<T> InnerOf(ReadOnlySet<T> value) => Views<T>.SetOf(value);

    private protected override ReadOnlySet<T> Over(ISet<T> inner) => new(inner);
}
