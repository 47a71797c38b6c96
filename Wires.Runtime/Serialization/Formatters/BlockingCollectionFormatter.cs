using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="BlockingCollection{T}"/>, which is read unbounded and open.</summary>
public sealed class BlockingCollectionFormatter<T> : SequenceFormatter<BlockingCollection<T>, T>
{
    private protected override T[] ToArray(BlockingCollection<T> value) => value.ToArray();

    private protected override BlockingCollection<T> FromArray(T[] items)
    {
        var value = new BlockingCollection<T>();
        foreach (var item in items)
        {
            value.Add(item);
        }

        return value;
    }
}
