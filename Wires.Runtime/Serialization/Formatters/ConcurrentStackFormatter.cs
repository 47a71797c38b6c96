using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentStack{T}"/>, from the bottom to the top.</summary>
public sealed class ConcurrentStackFormatter<T> : MutableCollectionFormatter<ConcurrentStack<T>, T>
{
    private protected override T[] ToArray(ConcurrentStack<T> value) => Reversed.Of(value.ToArray());

    private protected override ConcurrentStack<T> FromArray(T[] items) => new(items);

    private protected override ConcurrentStack<T> Create(object? comparer) => new();

    private protected override void Fill(ConcurrentStack<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Push(item);
        }
    }
}
