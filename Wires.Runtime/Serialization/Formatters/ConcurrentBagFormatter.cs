using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentBag{T}"/>.</summary>
public sealed class ConcurrentBagFormatter<T> : MutableCollectionFormatter<ConcurrentBag<T>, T>
{
    private protected override T[] ToArray(ConcurrentBag<T> value) => value.ToArray();

    private protected override ConcurrentBag<T> FromArray(T[] items) => new(items);

    private protected override ConcurrentBag<T> Create(object? comparer) => [];

    private protected override void Fill(ConcurrentBag<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Add(item);
        }
    }
}
