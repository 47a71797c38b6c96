using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Dictionary{TKey, TValue}"/>, which is read with the default comparer.</summary>
public sealed class DictionaryFormatter<TKey, TValue> : MutableCollectionFormatter<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly Dictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNullCollectionHeader();
            return;
        }

        if (writer.Image is not null)
        {
            base.Write(ref writer, in value);
            return;
        }

        CheckType(value);
        writer.WriteCollectionHeader(value.Count);
        writer.Enter<Dictionary<TKey, TValue>>();
        var element = Element;
        foreach (var pair in value)
        {
            element.Write(ref writer, in pair);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref Dictionary<TKey, TValue>? value)
    {
        if (reader.Image is not null)
        {
            base.Read(ref reader, ref value);
            return;
        }

        if (!reader.TryReadCollectionHeader(out var count))
        {
            value = null;
            return;
        }

        var element = Element;
        reader.CheckRoom(count, element.MinimumSize, typeof(Dictionary<TKey, TValue>));
        reader.Enter<Dictionary<TKey, TValue>>();
        var dictionary = new Dictionary<TKey, TValue>(FirstCapacity(count, element.MinimumSize));
        for (var i = 0; i < count; i++)
        {
            KeyValuePair<TKey, TValue> pair = default;
            element.Read(ref reader, ref pair);
            if (pair.Key is null || !dictionary.TryAdd(pair.Key, pair.Value))
            {
                WireSerializationException.ThrowInvalid<Dictionary<TKey, TValue>>("A key is null or there twice", in reader);
            }
        }

        reader.Leave();
        value = dictionary;
    }

    /// <inheritdoc/>
    public override Dictionary<TKey, TValue>? Copy(Dictionary<TKey, TValue>? value, ref CopyContext context)
    {
        if (value is null)
        {
            return null;
        }

        CheckType(value);
        var element = Element;
        if (HasSharedElements && ReferenceEquals(value.Comparer, EqualityComparer<TKey>.Default))
        {
            return new Dictionary<TKey, TValue>(value);
        }

        context.Enter<Dictionary<TKey, TValue>>();
        var copy = new Dictionary<TKey, TValue>(value.Count);
        foreach (var pair in value)
        {
            var (key, item) = element.Copy(pair, ref context);
            if (!copy.TryAdd(key, item))
            {
                throw new WireSerializationException("Two keys are equal to the default comparer", typeof(Dictionary<TKey, TValue>), -1);
            }
        }

        context.Leave();
        return copy;
    }

    private protected override object DefaultComparer => EqualityComparer<TKey>.Default;

    private protected override bool HasPlainKeys => IsPlain<TKey>();

    private protected override object ComparerOf(Dictionary<TKey, TValue> value) => value.Comparer;

    private protected override WireFormatter<KeyValuePair<TKey, TValue>>? ResolveElement() => new KeyValuePairFormatter<TKey, TValue>();

    private protected override KeyValuePair<TKey, TValue>[] ToArray(Dictionary<TKey, TValue> value) => value.ToArray();

    private protected override Dictionary<TKey, TValue> FromArray(KeyValuePair<TKey, TValue>[] items) => new(items);

    private protected override Dictionary<TKey, TValue> Create(object? comparer) => new(As<IEqualityComparer<TKey>>(comparer));

    private protected override void Fill(Dictionary<TKey, TValue> value, KeyValuePair<TKey, TValue>[] items)
    {
        value.EnsureCapacity(items.Length);
        foreach (var (key, item) in items)
        {
            value.Add(key, item);
        }
    }
}
