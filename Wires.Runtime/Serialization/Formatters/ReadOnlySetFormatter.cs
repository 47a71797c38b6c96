using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlySet{T}"/>, over a new set.</summary>
public sealed class ReadOnlySetFormatter<T> : SequenceFormatter<ReadOnlySet<T>, T>
{
    private protected override T[] ToArray(ReadOnlySet<T> value) => value.ToArray();

    private protected override ReadOnlySet<T> FromArray(T[] items)
    {
        var set = new HashSet<T>(items);
        CheckCount(set.Count, items);
        return new ReadOnlySet<T>(set);
    }
}
