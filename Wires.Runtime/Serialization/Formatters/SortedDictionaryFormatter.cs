namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class SortedDictionaryFormatter<TKey, TValue> : MutableCollectionFormatter<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override object DefaultComparer => Comparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(SortedDictionary<TKey, TValue> value) => value.Comparer;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(SortedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override SortedDictionary<TKey, TValue> Create(object? comparer) => new(As<IComparer<TKey>>(comparer));

    private protected override void Fill(SortedDictionary<TKey, TValue> value, KeyValuePair<TKey, TValue>[] items)
    {
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }
    }
}
