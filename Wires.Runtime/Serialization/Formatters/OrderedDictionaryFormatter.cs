namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="OrderedDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class OrderedDictionaryFormatter<TKey, TValue> : MutableCollectionFormatter<OrderedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override object DefaultComparer => EqualityComparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(OrderedDictionary<TKey, TValue> value) => value.Comparer;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(OrderedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override OrderedDictionary<TKey, TValue> Create(object? comparer) => new(As<IEqualityComparer<TKey>>(comparer));

    private protected override void Fill(OrderedDictionary<TKey, TValue> value, KeyValuePair<TKey, TValue>[] items)
    {
        value.EnsureCapacity(items.Length);
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }
    }
}
