using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="BlockingCollection{T}"/>, which is read unbounded and open.</summary>
public sealed class BlockingCollectionFormatter<T> : MutableCollectionFormatter<BlockingCollection<T>, T>
{
    private protected override T[] ToArray(BlockingCollection<T> value) => value.ToArray();

    private protected override BlockingCollection<T> Create(object? comparer) => [];

    private protected override void Fill(BlockingCollection<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Add(item);
        }
    }
}
