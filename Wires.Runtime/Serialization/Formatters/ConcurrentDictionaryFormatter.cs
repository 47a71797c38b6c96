using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class ConcurrentDictionaryFormatter<TKey, TValue> : MutableCollectionFormatter<ConcurrentDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override object DefaultComparer => EqualityComparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(ConcurrentDictionary<TKey, TValue> value) => value.Comparer;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ConcurrentDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ConcurrentDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new(items);

    private protected override ConcurrentDictionary<TKey, TValue> Create(object? comparer) => new(As<IEqualityComparer<TKey>>(comparer));

    private protected override void Fill(ConcurrentDictionary<TKey, TValue> value, KeyValuePair<TKey, TValue>[] items)
    {
        foreach (var (key, item) in items)
        {
            if (!value.TryAdd(key, item))
            {
                throw new ArgumentException("A key is there twice.", nameof(items));
            }
        }
    }
}
