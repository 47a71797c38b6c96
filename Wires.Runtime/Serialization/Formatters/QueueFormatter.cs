namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Queue{T}"/>, first the next one out.</summary>
public sealed class QueueFormatter<T> : SequenceFormatter<Queue<T>, T>
{
    private protected override T[] ToArray(Queue<T> value) => value.ToArray();

    private protected override Queue<T> FromArray(T[] items) => new(items);
}
