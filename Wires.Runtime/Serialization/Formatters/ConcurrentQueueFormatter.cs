using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentQueue{T}"/>, first the next one out.</summary>
public sealed class ConcurrentQueueFormatter<T> : MutableCollectionFormatter<ConcurrentQueue<T>, T>
{
    private protected override T[] ToArray(ConcurrentQueue<T> value) => value.ToArray();

    private protected override ConcurrentQueue<T> FromArray(T[] items) => new(items);

    private protected override ConcurrentQueue<T> Create(object? comparer) => new();

    private protected override void Fill(ConcurrentQueue<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Enqueue(item);
        }
    }
}
