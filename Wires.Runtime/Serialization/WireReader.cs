using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wires.Serialization.Images;

namespace Wires.Serialization;

/// <summary>
/// Reads the MemoryPack binary format from a span or a sequence. Input is not trusted: whatever is wrong with it, the answer is a
/// <see cref="WireSerializationException"/> that says where, and memory is only allocated in proportion to the input.
/// </summary>
public ref partial struct WireReader
{
    // The window: the part of the input that lies in one piece, or a few bytes put together from two segments.
    private ref byte _start;
    private int _length;
    private int _position;
    private long _before;

    // What follows the window: the end of the segment that a part was taken of, and the segments after it.
    private ReadOnlySpan<byte> _pending;
    private readonly ReadOnlySequence<byte> _source;
    private SequencePosition _next;
    private readonly long _total;
    private byte[]? _scratch;

    private int _depth;
    private WireReferences? _references;

    // Null: what is read is no part of a migration image.
    private readonly ReadObjects? _image;

    /// <summary>Reads from memory in one piece.</summary>
    public WireReader(ReadOnlySpan<byte> source)
    {
        _start = ref MemoryMarshal.GetReference(source);
        _length = source.Length;
        _total = source.Length;
    }

    /// <summary>Reads from memory in any number of pieces.</summary>
    public WireReader(in ReadOnlySequence<byte> source)
    {
        var first = source.FirstSpan;
        _start = ref MemoryMarshal.GetReference(first);
        _length = first.Length;
        _total = source.Length;
        if (!source.IsSingleSegment)
        {
            _source = source;
            _next = source.Start;
            _ = source.TryGet(ref _next, out _);
        }
    }

    /// <summary>The node that refs are bound to as they are read; null where there is none.</summary>
    public IWires? Wires { readonly get; set; }

    /// <summary>How many bytes were read by now.</summary>
    public readonly long Consumed => _before + _position;

    /// <summary>How many bytes are left.</summary>
    public readonly long Remaining => _total - _before - _position;

    /// <summary>Reads a value with the formatter that is registered for its declared type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? ReadValue<T>()
    {
        T? value = default;
        ReadValue(WireFormatters.Get<T>(), ref value);
        return value;
    }

    /// <inheritdoc cref="ReadValue{T}()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadValue<T>(scoped ref T? value) => ReadValue(WireFormatters.Get<T>(), ref value);

    /// <summary>Reads a value with a formatter, one level deeper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadValue<T>(WireFormatter<T> formatter, scoped ref T? value)
    {
        Enter<T>();
        ReadPart(formatter, ref value);
        Leave();
    }

    /// <summary>Reads how many members an object was written with, up to 249; 250 is a reference to an earlier object. False: it is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadObjectHeader(out byte count)
    {
        count = Take(1);
        if (count <= MemoryPackCode.ReferenceId)
        {
            return true;
        }

        if (count != MemoryPackCode.NullObject)
        {
            ThrowHeader(count);
        }

        return false;
    }

    /// <summary>Reads the tag of a union's case. False: it is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadUnionHeader(out ushort tag)
    {
        tag = Take(1);
        if (tag < MemoryPackCode.WideTag)
        {
            return true;
        }

        if (tag == MemoryPackCode.WideTag)
        {
            tag = ReadUnmanaged<ushort>();
            return true;
        }

        if (tag != MemoryPackCode.NullObject)
        {
            ThrowHeader(tag);
        }

        return false;
    }

    /// <summary>Reads how many elements follow, which is never more than there are bytes left. False: the collection is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadCollectionHeader(out int count)
    {
        count = Unsafe.ReadUnaligned<int>(ref Take(4));
        if ((uint)count <= (ulong)Remaining)
        {
            return true;
        }

        if (count != MemoryPackCode.NullCollection)
        {
            ThrowCount(count);
        }

        count = 0;
        return false;
    }

    /// <summary>Leaves out bytes, as of members that this build does not know.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > Remaining)
        {
            WireSerializationException.ThrowTruncated(type: null, count, Remaining, Consumed);
        }

        while (count > _length - _position)
        {
            count -= _length - _position;
            _position = _length;
            NextWindow();
        }

        _position += (int)count;
    }

    /// <summary>Checks that a count of elements, each of a least size in bytes, can be in what is left.</summary>
    internal readonly void CheckRoom(int count, int elementSize, Type type)
    {
        if ((long)count * elementSize > Remaining)
        {
            WireSerializationException.ThrowTruncated(type, (long)count * elementSize, Remaining, Consumed);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter<T>()
    {
        if (++_depth > WireSerializer.UncheckedDepth)
        {
            WireSerializer.CheckDepth(_depth, typeof(T), Consumed);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => _depth--;

    /// <summary>The next bytes in one piece, good until the next read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Take(int size)
    {
        var position = _position;
        if (_length - position < size)
        {
            return ref TakeAcross(size);
        }

        _position = position + size;
        return ref Unsafe.Add(ref _start, (nint)(uint)position);
    }

    internal ReadOnlySpan<byte> TakeSpan(int size) => MemoryMarshal.CreateReadOnlySpan(ref Take(size), size);

    /// <summary>Fills memory with the next bytes, across segments; the caller has checked that they are there.</summary>
    internal void ReadInto(scoped Span<byte> destination)
    {
        while (true)
        {
            var size = Math.Min(destination.Length, _length - _position);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, _position), size).CopyTo(destination);
            _position += size;
            destination = destination[size..];
            if (destination.IsEmpty)
            {
                return;
            }

            NextWindow();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref byte TakeAcross(int size)
    {
        if (size > Remaining)
        {
            WireSerializationException.ThrowTruncated(type: null, size, Remaining, Consumed);
        }

        if (_position == _length)
        {
            NextWindow();
            if (size <= _length)
            {
                _position = size;
                return ref _start;
            }
        }

        // Size is in what is left, so this allocates no more than the input; the window may lie in the scratch itself, further on.
        var scratch = _scratch is { } old && old.Length >= size ? old : new byte[Math.Max(size, 64)];
        var start = Consumed;
        ReadInto(scratch.AsSpan(0, size));
        _pending = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, _position), _length - _position);
        _scratch = scratch;
        _before = start;
        _start = ref MemoryMarshal.GetArrayDataReference(scratch);
        _length = size;
        _position = size;
        return ref _start;
    }

    // The window was read to its end, and more is left.
    private void NextWindow()
    {
        var next = _pending;
        _pending = default;
        while (next.IsEmpty)
        {
            if (!_source.TryGet(ref _next, out var memory))
            {
                WireSerializationException.ThrowTruncated(type: null, 1, 0, Consumed);
            }

            next = memory.Span;
        }

        _before += _length;
        _start = ref MemoryMarshal.GetReference(next);
        _length = next.Length;
        _position = 0;
    }

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowHeader(int code) =>
        throw new WireSerializationException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The header {code} is reserved"), type: null, Consumed - 1);

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowCount(int count)
    {
        var what = count < 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The count {count} of a collection is negative")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A collection says that it has {count} elements, but only {Remaining} bytes are left");
        throw new WireSerializationException(what, type: null, Consumed - 4);
    }
}
