namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IDictionary{TKey, TValue}"/> of a user's own class, which holds nothing but its pairs.</summary>
public sealed class GenericDictionaryFormatter<TDictionary, TKey, TValue> : MutableCollectionFormatter<TDictionary, KeyValuePair<TKey, TValue>>
    where TDictionary : class, IDictionary<TKey, TValue>, new()
    where TKey : notnull
{
    private protected override bool ComparesElements => true;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(TDictionary value) => value.ToArray();

    private protected override TDictionary Create(object? comparer) => new();

    private protected override void Fill(TDictionary value, KeyValuePair<TKey, TValue>[] items)
    {
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }
    }
}
