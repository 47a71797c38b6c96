using System.Collections.Immutable;
using Wires.Serialization.Images;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="ImmutableSortedDictionary{TKey, TValue}"/>.</summary>
public sealed class ImmutableSortedDictionaryFormatter<TKey, TValue> : SequenceFormatter<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override bool IsShared => HasSharedElements;

    private protected override object DefaultComparer => Comparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(ImmutableSortedDictionary<TKey, TValue> value)
    {
        if (!ReferenceEquals(value.ValueComparer, EqualityComparer<TValue>.Default))
        {
            ImageErrors.ThrowComparer(typeof(ImmutableSortedDictionary<TKey, TValue>), value.ValueComparer);
        }

        return value.KeyComparer;
    }

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(ImmutableSortedDictionary<TKey, TValue> value) => value.ToArray();

    private protected override ImmutableSortedDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items)
    {
        var value = ImmutableSortedDictionary.CreateRange(items);
        CheckCount(value.Count, items);
        return value;
    }

    private protected override ImmutableSortedDictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items, object? comparer)
    {
        var value = ImmutableSortedDictionary.CreateRange(As<IComparer<TKey>>(comparer), items);
        CheckCount(value.Count, items);
        return value;
    }
}
