using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization;

public ref partial struct WireReader
{
    /// <summary>Reads a value as it lies in memory. Bytes that are not valid for a <see cref="bool"/>, <see cref="decimal"/>, a date, a time or a rune are refused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ReadUnmanaged<T>()
        where T : unmanaged
    {
        var value = Unsafe.ReadUnaligned<T>(ref Take(Unsafe.SizeOf<T>()));
        if (!BitPattern.IsValid(in value))
        {
            WireSerializationException.ThrowInvalidPattern(typeof(T), Consumed - Unsafe.SizeOf<T>());
        }

        return value;
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1>(out T1 value1)
        where T1 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2>(out T1 value1, out T2 value2)
        where T1 : unmanaged
        where T2 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3>(out T1 value1, out T2 value2, out T3 value3)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3, T4>(out T1 value1, out T2 value2, out T3 value3, out T4 value4)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
        value4 = ReadUnmanaged<T4>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3, T4, T5>(out T1 value1, out T2 value2, out T3 value3, out T4 value4, out T5 value5)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
        value4 = ReadUnmanaged<T4>();
        value5 = ReadUnmanaged<T5>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3, T4, T5, T6>(out T1 value1, out T2 value2, out T3 value3, out T4 value4, out T5 value5, out T6 value6)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
        value4 = ReadUnmanaged<T4>();
        value5 = ReadUnmanaged<T5>();
        value6 = ReadUnmanaged<T6>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3, T4, T5, T6, T7>(out T1 value1, out T2 value2, out T3 value3, out T4 value4, out T5 value5, out T6 value6, out T7 value7)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
        where T7 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
        value4 = ReadUnmanaged<T4>();
        value5 = ReadUnmanaged<T5>();
        value6 = ReadUnmanaged<T6>();
        value7 = ReadUnmanaged<T7>();
    }

    /// <inheritdoc cref="ReadUnmanaged{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadUnmanaged<T1, T2, T3, T4, T5, T6, T7, T8>(out T1 value1, out T2 value2, out T3 value3, out T4 value4, out T5 value5, out T6 value6, out T7 value7, out T8 value8)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
        where T7 : unmanaged
        where T8 : unmanaged
    {
        value1 = ReadUnmanaged<T1>();
        value2 = ReadUnmanaged<T2>();
        value3 = ReadUnmanaged<T3>();
        value4 = ReadUnmanaged<T4>();
        value5 = ReadUnmanaged<T5>();
        value6 = ReadUnmanaged<T6>();
        value7 = ReadUnmanaged<T7>();
        value8 = ReadUnmanaged<T8>();
    }

    /// <summary>Reads what <see cref="WireWriter.WriteNullable{T}"/> wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? ReadNullable<T>()
        where T : unmanaged
    {
        var value = ReadRaw<T?>();
        if (!Padding.IsNullableValid(in value) || (value.HasValue && !BitPattern.IsValid(in Nullable.GetValueRefOrDefaultRef(in value))))
        {
            WireSerializationException.ThrowInvalidPattern(typeof(T?), Consumed - Unsafe.SizeOf<T?>());
        }

        return value;
    }

    /// <summary>Reads a count and that many elements as they lie in memory.</summary>
    public T[]? ReadUnmanagedArray<T>()
        where T : unmanaged => TryReadCollectionHeader(out var count) ? ReadRawElements<T>(count) : null;

    // T has no references; callers have checked it where the constraint cannot say so.
    internal T ReadRaw<T>() => Unsafe.ReadUnaligned<T>(ref Take(Unsafe.SizeOf<T>()));

    internal T[] ReadRawElements<T>(int count)
    {
        CheckRoom(count, Unsafe.SizeOf<T>(), typeof(T[]));
        if (count == 0)
        {
            return [];
        }

        var items = GC.AllocateUninitializedArray<T>(count);
        ReadRawInto<T>(items);
        return items;
    }

    // The caller has checked that so much is there.
    internal void ReadRawInto<T>(scoped Span<T> items)
    {
        var start = Consumed;
        ReadInto(MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items)), items.Length * Unsafe.SizeOf<T>()));
        CheckPatterns<T>(items, start);
    }

    private static void CheckPatterns<T>(scoped ReadOnlySpan<T> items, long start)
    {
        if (BitPattern.IsAlwaysValid<T>())
        {
            return;
        }

        // Those that the class knows itself need no virtual call for each.
        WireFormatter<T>? formatter = null;
        if (!BitPattern.IsChecked<T>() && (formatter = WireFormatters.Find<T>()) is not { ChecksPatterns: true })
        {
            return;
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (!(formatter is null ? BitPattern.IsValid(in items[i]) : formatter.IsValid(in items[i])))
            {
                WireSerializationException.ThrowInvalidPattern(typeof(T), start + ((long)i * Unsafe.SizeOf<T>()));
            }
        }
    }
}
