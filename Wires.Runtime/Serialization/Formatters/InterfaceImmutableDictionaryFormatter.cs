using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="IImmutableDictionary{TKey, TValue}"/>.</summary>
public sealed class InterfaceImmutableDictionaryFormatter<TKey, TValue> : InterfaceMapFormatter<IImmutableDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    internal override Type ReadsAs => typeof(ImmutableDictionary<TKey, TValue>);

    private protected override KeyValuePair<TKey, TValue>[] ToArray(IImmutableDictionary<TKey, TValue> value) => value.ToArray();

    private protected override IImmutableDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = ImmutableDictionary.CreateRange(items);
        CheckCount(value.Count, items);
        return value;
    }
}
