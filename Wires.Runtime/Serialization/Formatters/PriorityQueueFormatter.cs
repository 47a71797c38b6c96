namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="PriorityQueue{TElement, TPriority}"/>, in the order of its heap, which is read with the default comparer.</summary>
public sealed class PriorityQueueFormatter<TElement, TPriority> : MutableCollectionFormatter<PriorityQueue<TElement, TPriority>, (TElement Element, TPriority Priority)>
{
    private protected override object DefaultComparer => Comparer<TPriority>.Default;

    private protected override bool HasPlainKeys => IsPlain<TPriority>();

    private protected override object ComparerOf(PriorityQueue<TElement, TPriority> value) => value.Comparer;

    private protected override WireFormatter<(TElement Element, TPriority Priority)>? ResolveElement() => new ValueTupleFormatter<TElement, TPriority>();

    private protected override (TElement Element, TPriority Priority)[] ToArray(PriorityQueue<TElement, TPriority> value) => value.UnorderedItems.ToArray();

    private protected override PriorityQueue<TElement, TPriority> FromArray((TElement Element, TPriority Priority)[] items) => new(items);

    private protected override PriorityQueue<TElement, TPriority> Create(object? comparer) => new(As<IComparer<TPriority>>(comparer));

    private protected override void Fill(PriorityQueue<TElement, TPriority> value, (TElement Element, TPriority Priority)[] items) => value.EnqueueRange(items);
}
