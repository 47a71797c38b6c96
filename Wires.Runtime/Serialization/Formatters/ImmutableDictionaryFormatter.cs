using System.Collections.Immutable;
using Wires.Serialization.Images;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableDictionary{TKey, TValue}"/>.</summary>
public sealed class ImmutableDictionaryFormatter<TKey, TValue> : SequenceFormatter<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => EqualityComparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(ImmutableDictionary<TKey, TValue> value)
    {
        if (!ReferenceEquals(value.ValueComparer, EqualityComparer<TValue>.Default))
        {
            ImageErrors.ThrowComparer(typeof(ImmutableDictionary<TKey, TValue>), value.ValueComparer);
        }

        return value.KeyComparer;
    }

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ImmutableDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ImmutableDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = ImmutableDictionary.CreateRange(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override ImmutableDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items, object? comparer)
    {
        var value = ImmutableDictionary.CreateRange(As<IEqualityComparer<TKey>>(comparer), items);
        CheckCount(value.Count, items);
        return value;
    }
}
