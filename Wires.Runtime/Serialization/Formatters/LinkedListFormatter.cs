namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="LinkedList{T}"/>.</summary>
public sealed class LinkedListFormatter<T> : SequenceFormatter<LinkedList<T>, T>
{
    private protected override T[] ToArray(LinkedList<T> value) => value.ToArray();

    private protected override LinkedList<T> FromArray(T[] items) => new(items);
}
