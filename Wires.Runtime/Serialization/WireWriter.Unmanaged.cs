using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wires.Serialization;

public ref partial struct WireWriter
{
    /// <summary>Writes a value as it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1>(scoped in T1 value1)
        where T1 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value1);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2>(scoped in T1 value1, scoped in T2 value2)
        where T1 : unmanaged
        where T2 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3, T4>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3, scoped in T4 value4)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value4);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3, T4, T5>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3, scoped in T4 value4, scoped in T5 value5)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value4);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T4>());
        Unsafe.WriteUnaligned(ref at, value5);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3, T4, T5, T6>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3, scoped in T4 value4, scoped in T5 value5, scoped in T6 value6)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value4);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T4>());
        Unsafe.WriteUnaligned(ref at, value5);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T5>());
        Unsafe.WriteUnaligned(ref at, value6);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3, T4, T5, T6, T7>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3, scoped in T4 value4, scoped in T5 value5, scoped in T6 value6, scoped in T7 value7)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
        where T7 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>() + Unsafe.SizeOf<T7>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value4);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T4>());
        Unsafe.WriteUnaligned(ref at, value5);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T5>());
        Unsafe.WriteUnaligned(ref at, value6);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T6>());
        Unsafe.WriteUnaligned(ref at, value7);
    }

    /// <inheritdoc cref="WriteUnmanaged{T1}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnmanaged<T1, T2, T3, T4, T5, T6, T7, T8>(scoped in T1 value1, scoped in T2 value2, scoped in T3 value3, scoped in T4 value4, scoped in T5 value5, scoped in T6 value6, scoped in T7 value7, scoped in T8 value8)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where T6 : unmanaged
        where T7 : unmanaged
        where T8 : unmanaged
    {
        ref var at = ref Reserve(Unsafe.SizeOf<T1>() + Unsafe.SizeOf<T2>() + Unsafe.SizeOf<T3>() + Unsafe.SizeOf<T4>() + Unsafe.SizeOf<T5>() + Unsafe.SizeOf<T6>() + Unsafe.SizeOf<T7>() + Unsafe.SizeOf<T8>());
        Unsafe.WriteUnaligned(ref at, value1);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T1>());
        Unsafe.WriteUnaligned(ref at, value2);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T2>());
        Unsafe.WriteUnaligned(ref at, value3);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T3>());
        Unsafe.WriteUnaligned(ref at, value4);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T4>());
        Unsafe.WriteUnaligned(ref at, value5);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T5>());
        Unsafe.WriteUnaligned(ref at, value6);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T6>());
        Unsafe.WriteUnaligned(ref at, value7);
        at = ref Unsafe.Add(ref at, Unsafe.SizeOf<T7>());
        Unsafe.WriteUnaligned(ref at, value8);
    }

    /// <summary>Writes a nullable value without references: a flag, padding (zeros) and the value, as it lies in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNullable<T>(scoped in T? value)
        where T : unmanaged => Padding.WriteNullable(ref this, in value);

    /// <summary>Writes the count and the elements as they lie in memory.</summary>
    public void WriteUnmanagedArray<T>(T[]? value)
        where T : unmanaged
    {
        if (value is null)
        {
            WriteNullCollectionHeader();
        }
        else
        {
            WriteRawSpan(new ReadOnlySpan<T>(value));
        }
    }

    /// <inheritdoc cref="WriteUnmanagedArray{T}(T[])"/>
    public void WriteUnmanagedSpan<T>(scoped ReadOnlySpan<T> value)
        where T : unmanaged => WriteRawSpan(value);

    /// <summary>Writes bytes as they are, without a header.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            bytes.CopyTo(MemoryMarshal.CreateSpan(ref Reserve(bytes.Length), bytes.Length));
        }
    }

    // T has no references; callers have checked it where the constraint cannot say so.
    internal void WriteRaw<T>(scoped in T value) => Unsafe.WriteUnaligned(ref Reserve(Unsafe.SizeOf<T>()), value);

    internal void WriteRawSpan<T>(scoped ReadOnlySpan<T> value)
    {
        var size = RawSize<T>(value.Length);
        ref var at = ref Reserve(size + 4);
        Unsafe.WriteUnaligned(ref at, value.Length);
        if (size != 0)
        {
            Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref at, 4), ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(value)), (uint)size);
        }
    }

    internal void WriteRawElements<T>(scoped ReadOnlySpan<T> value)
    {
        var size = RawSize<T>(value.Length);
        if (size != 0)
        {
            Unsafe.CopyBlockUnaligned(ref Reserve(size), ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(value)), (uint)size);
        }
    }

    private static int RawSize<T>(int count)
    {
        var size = (long)count * Unsafe.SizeOf<T>();
        if (size > Array.MaxLength - 4)
        {
            throw new WireSerializationException("An array of more than 2 GiB cannot be written", typeof(T[]), -1);
        }

        return (int)size;
    }
}
