using System.Runtime.CompilerServices;

namespace Wires.Serialization.Formatters;

/// <summary>Formats <see cref="Nullable{T}"/>: without references as it lies in memory, else as an object of one member.</summary>
public sealed class NullableFormatter<T> : WireFormatter<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override bool IsShared => IsRaw || WireFormatters.Get<T>().IsShared;

    /// <inheritdoc/>
    public override int MinimumSize => IsRaw ? Unsafe.SizeOf<T?>() : 1;

    /// <inheritdoc/>
    public override bool ChecksPatterns => true;

    /// <inheritdoc/>
    public override bool HasPadding => Unsafe.SizeOf<T?>() > Unsafe.SizeOf<T>() + 1;

    private static bool IsRaw => !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    /// <inheritdoc/>
    public override void Write(ref WireWriter writer, scoped ref readonly T? value)
    {
        if (IsRaw)
        {
            Padding.WriteNullable(ref writer, in value);
        }
        else if (value.HasValue)
        {
            writer.WriteObjectHeader(1);
            writer.WriteValue(in Nullable.GetValueRefOrDefaultRef(in value));
        }
        else
        {
            writer.WriteNullObjectHeader();
        }
    }

    /// <inheritdoc/>
    public override void Read(ref WireReader reader, scoped ref T? value)
    {
        if (IsRaw)
        {
            value = reader.ReadRaw<T?>();
            if (!IsValid(in value))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(T?), reader.Consumed - Unsafe.SizeOf<T?>());
            }
        }
        else if (!reader.TryReadObjectHeader(out var count))
        {
            value = null;
        }
        else
        {
            if (count != 1)
            {
                WireSerializationException.ThrowMemberCount<T?>(1, count, in reader);
            }

            value = reader.ReadValue<T>();
        }
    }

    /// <inheritdoc/>
    public override T? Copy(T? value, ref CopyContext context) =>
        IsShared || !value.HasValue ? value : context.Copy(value.GetValueOrDefault());

    /// <inheritdoc/>
    public override bool IsValid(scoped ref readonly T? value) =>
        Padding.IsNullableValid(in value) && (!value.HasValue || BitPattern.IsDeeplyValid(in Nullable.GetValueRefOrDefaultRef(in value)));
}
