using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyDictionary{TKey, TValue}"/>, over a new dictionary.</summary>
public sealed class ReadOnlyDictionaryFormatter<TKey, TValue> : SequenceFormatter<ReadOnlyDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ReadOnlyDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ReadOnlyDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new(new Dictionary<TKey, TValue>(items));
}
