using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableDictionary{TKey, TValue}"/>.</summary>
public sealed class InterfaceImmutableDictionaryFormatter<TKey, TValue> : SequenceFormatter<IImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private protected override bool AcceptsSubtypes => true;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(IImmutableDictionary<TKey, TValue> value) => value.ToArray();

    private protected override IImmutableDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = ImmutableDictionary.CreateRange(items);
        CheckCount(value.Count, items);
        return value;
    }
}
