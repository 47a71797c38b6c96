using System.Collections.ObjectModel;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ReadOnlyDictionary{TKey, TValue}"/>, over a new dictionary.</summary>
public sealed class ReadOnlyDictionaryFormatter<TKey, TValue>() : ViewFormatter<ReadOnlyDictionary<TKey, TValue>, IDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>(new InterfaceDictionaryFormatter<TKey, TValue>())
    where TKey : notnull
{
    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ReadOnlyDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ReadOnlyDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new(new Dictionary<TKey, TValue>(items));

    private protected override IDictionary<TKey, TValue> InnerOf(ReadOnlyDictionary<TKey, TValue> value) => Views<TKey, TValue>.DictionaryOf(value);

    private protected override ReadOnlyDictionary<TKey, TValue> Over(IDictionary<TKey, TValue> inner) => new(inner);
}
