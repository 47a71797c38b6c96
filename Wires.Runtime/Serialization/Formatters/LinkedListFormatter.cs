namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="LinkedList{T}"/>.</summary>
public sealed class LinkedListFormatter<T> : MutableCollectionFormatter<LinkedList<T>, T>
{
    private protected override T[] ToArray(LinkedList<T> value) => value.ToArray();

    private protected override LinkedList<T> FromArray(T[] items) => new(items);

    private protected override LinkedList<T> Create(object? comparer) => new();

    private protected override void Fill(LinkedList<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.AddLast(item);
        }
    }
}
