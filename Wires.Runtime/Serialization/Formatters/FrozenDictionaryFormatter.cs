using System.Collections.Frozen;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="FrozenDictionary{TKey, TValue}"/>.</summary>
public sealed class FrozenDictionaryFormatter<TKey, TValue> : SequenceFormatter<FrozenDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => EqualityComparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(FrozenDictionary<TKey, TValue> value) => value.Comparer;

    private protected override bool AcceptsSubtypes => true;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(FrozenDictionary<TKey, TValue> value) => value.ToArray();

    private protected override FrozenDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new Dictionary<TKey, TValue>(items).ToFrozenDictionary();

    private protected override FrozenDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items, object? comparer)
    {
        var value = items.ToFrozenDictionary(As<IEqualityComparer<TKey>>(comparer));
        CheckCount(value.Count, items);
        return value;
    }
}
