using System.Collections.Concurrent;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ConcurrentDictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class ConcurrentDictionaryFormatter<TKey, TValue> : SequenceFormatter<ConcurrentDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ConcurrentDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ConcurrentDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new(items);
}
