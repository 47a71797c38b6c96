namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedList{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class SortedListFormatter<TKey, TValue> : SequenceFormatter<SortedList<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(SortedList<TKey, TValue> value) => value.ToArray();

    private protected override SortedList<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        // A list that is sorted already grows at its end; hostile order would move all of it for each element.
        Array.Sort(items, static (left, right) => Comparer<TKey>.Default.Compare(left.Key, right.Key));
        var value = new SortedList<TKey, TValue>(items.Length);
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }

        return value;
    }
}
