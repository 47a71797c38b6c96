namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Queue{T}"/>, first the next one out.</summary>
public sealed class QueueFormatter<T> : MutableCollectionFormatter<Queue<T>, T>
{
    private protected override T[] ToArray(Queue<T> value) => value.ToArray();

    private protected override Queue<T> FromArray(T[] items) => new(items);

    private protected override Queue<T> Create(object? comparer) => new();

    private protected override void Fill(Queue<T> value, T[] items)
    {
        foreach (var item in items)
        {
            value.Enqueue(item);
        }
    }
}
