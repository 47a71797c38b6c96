namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="PriorityQueue{TElement, TPriority}"/>, in the order of its heap, which is read with the default comparer.</summary>
public sealed class PriorityQueueFormatter<TElement, TPriority> : SequenceFormatter<PriorityQueue<TElement, TPriority>, (TElement Element, TPriority Priority)>
{
    private protected override WireFormatter<(TElement Element, TPriority Priority)>? ResolveElement() => new ValueTupleFormatter<TElement, TPriority>();

    private protected override (TElement Element, TPriority Priority)[] ToArray(PriorityQueue<TElement, TPriority> value) => value.UnorderedItems.ToArray();

    private protected override PriorityQueue<TElement, TPriority> FromArray((TElement Element, TPriority Priority)[] items) => new(items);
}
