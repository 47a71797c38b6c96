using System.Collections.Immutable;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableSortedDictionary{TKey, TValue}"/>.</summary>
public sealed class ImmutableSortedDictionaryFormatter<TKey, TValue> : SequenceFormatter<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ImmutableSortedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ImmutableSortedDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = ImmutableSortedDictionary.CreateRange(items);
        CheckCount(value.Count, items);
        return value;
    }
}
