namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="OrderedDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class OrderedDictionaryFormatter<TKey, TValue> : SequenceFormatter<OrderedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(OrderedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override OrderedDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = new OrderedDictionary<TKey, TValue>(items.Length);
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }

        return value;
    }
}
