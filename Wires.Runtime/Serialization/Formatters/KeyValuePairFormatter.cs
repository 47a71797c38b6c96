using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="KeyValuePair{TKey, TValue}"/>: without references as it lies in memory, else key and value.</summary>
public sealed class KeyValuePairFormatter<TKey, TValue> : WireFormatter<KeyValuePair<TKey, TValue>>
{
    private static readonly (int Key, int Value) Offsets = FindOffsets();

    private WireFormatter<TKey>? _key;
    private WireFormatter<TValue>? _value;

    /// <inheritdoc/>
    public override bool IsShared => IsRaw || (Key.IsShared && Value.IsShared);

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<KeyValuePair<TKey, TValue>>() : Key.MinimumSize + Value.MinimumSize;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<KeyValuePair<TKey, TValue>>() > Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TValue>();

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<KeyValuePair<TKey, TValue>>();

    private WireFormatter<TKey> Key => _key ??= WireFormatters.Get<TKey>();

    private WireFormatter<TValue> Value => _value ??= WireFormatters.Get<TValue>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly KeyValuePair<TKey, TValue> value)
    {
        var (key, item) = value;
        if (!IsRaw)
        {
            writer.WritePart(Key, in key!);
            writer.WritePart(Value, in item!);
            return;
        }

        if (Offsets.Key < 0)
        {
            writer.WriteRaw(in value);
            return;
        }

        ref var at = ref Padding.ReserveZeros<KeyValuePair<TKey, TValue>>(ref writer);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, Offsets.Key), key);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, Offsets.Value), item);
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref KeyValuePair<TKey, TValue> value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<KeyValuePair<TKey, TValue>>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(KeyValuePair<TKey, TValue>), reader.Consumed - Unsafe.SizeOf<KeyValuePair<TKey, TValue>>());
            }

            return;
        }

        TKey? key = default;
        TValue? item = default;
        reader.ReadPart(Key, ref key);
        reader.ReadPart(Value, ref item);
        value = new KeyValuePair<TKey, TValue>(key!, item!);
    }

    /// <inheritdoc/>
    public override KeyValuePair<TKey, TValue> Copy(KeyValuePair<TKey, TValue> value, ref CopyContext context) =>
        IsShared ? value : new KeyValuePair<TKey, TValue>(Key.Copy(value.Key, ref context)!, Value.Copy(value.Value, ref context)!);

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly KeyValuePair<TKey, TValue> value)
    {
        var (key, item) = value;
        return BitPattern.IsDeeplyValid(in key) && BitPattern.IsDeeplyValid(in item);
    }

    // The fields are private and the runtime may order them by size, so a pair whose bytes are 0, 1, 2 … is asked: the first byte of
    // its key is where the key lies. Negative: the pair is too large for that, and is written as it is.
    private static (int Key, int Value) FindOffsets()
    {
        var size = Unsafe.SizeOf<KeyValuePair<TKey, TValue>>();
        if (!IsRaw || size > byte.MaxValue)
        {
            return (-1, -1);
        }

        Span<byte> bytes = stackalloc byte[size];
        for (var i = 0; i < size; i++)
        {
            bytes[i] = (byte)i;
        }

        var (key, value) = Unsafe.ReadUnaligned<KeyValuePair<TKey, TValue>>(ref bytes[0]);
        return (Unsafe.As<TKey, byte>(ref key), Unsafe.As<TValue, byte>(ref value));
    }
}
