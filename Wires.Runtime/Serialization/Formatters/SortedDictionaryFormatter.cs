namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="SortedDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class SortedDictionaryFormatter<TKey, TValue> : SequenceFormatter<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(SortedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override SortedDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = new SortedDictionary<TKey, TValue>();
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }

        return value;
    }
}
