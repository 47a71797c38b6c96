namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedList{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class SortedListFormatter<TKey, TValue> : MutableCollectionFormatter<SortedList<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override object DefaultComparer => Comparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(SortedList<TKey, TValue> value) => value.Comparer;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(SortedList<TKey, TValue> value) => value.ToArray();

    private protected override SortedList<TKey, TValue> Create(object? comparer) => new(As<IComparer<TKey>>(comparer));

    private protected override void Fill(SortedList<TKey, TValue> value, KeyValuePair<TKey, TValue>[] items)
    {
        // A list that is sorted already grows at its end; hostile order would move all of it for each element.
        Array.Sort(items, (left, right) => value.Comparer.Compare(left.Key, right.Key));
        value.Capacity = items.Length;
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }
    }
}
