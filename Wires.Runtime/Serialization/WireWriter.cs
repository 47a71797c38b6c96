using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Wires.Serialization.Images;

namespace Wires.Serialization;

/// <summary>
/// Writes the MemoryPack binary format into a buffer writer. Call <see cref="Flush"/> at the end; pass it by reference. A value that the
/// format cannot carry is a <see cref="WireSerializationException"/>.
/// </summary>
/// <remarks>The format is that of MemoryPack 1.21 (Cysharp), little-endian, byte for byte.</remarks>
[SuppressMessage("Performance", "MA0168", Justification = "The parameters are scoped in, so that values of every size pass without a copy.")]
public ref partial struct WireWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly WireWriterOptions _options;

    // What the output has lent, from its start. One index moves per write, so that a run of writes compiles to stores and one addition.
    private ref byte _start;
    private int _length;
    private int _position;
    private int _flushed;

    private int _depth;
    private WireReferences? _references;

    // Null: what is written is no part of a migration image.
    private readonly WrittenObjects? _image;

    /// <summary>Starts to write at the present end of <paramref name="output"/>.</summary>
    public WireWriter(IBufferWriter<byte> output, WireWriterOptions options = WireWriterOptions.None)
    {
        _output = output;
        _options = options;
    }

    /// <summary>How many bytes were written by now.</summary>
    public readonly int BytesWritten => _flushed + _position;

    /// <summary>The options that it was made with.</summary>
    public readonly WireWriterOptions Options => _options;

    /// <summary>Hands over what was written to the output. Writing may go on.</summary>
    public void Flush()
    {
        if (_position != 0)
        {
            _output.Advance(_position);
            _flushed += _position;
        }

        _start = ref Unsafe.NullRef<byte>();
        _length = 0;
        _position = 0;
    }

    /// <summary>Writes a value with the formatter that is registered for its declared type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteValue<T>(scoped in T? value) => WriteValue(WireFormatters.Get<T>(), in value);

    /// <summary>Writes a value with a formatter, one level deeper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteValue<T>(WireFormatter<T> formatter, scoped in T? value)
    {
        Enter<T>();
        WritePart(formatter, in value);
        Leave();
    }

    /// <summary>The count of members of an object; its members follow.</summary>
    /// <param name="count">At most 249.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteObjectHeader(byte count)
    {
        if (count >= MemoryPackCode.ReferenceId)
        {
            ThrowMemberCount(count);
        }

        Reserve(1) = count;
    }

    /// <summary>An object, or a union, that is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNullObjectHeader() => Reserve(1) = MemoryPackCode.NullObject;

    /// <summary>The tag of a union's case; the case's own encoding follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnionHeader(ushort tag)
    {
        if (tag < MemoryPackCode.WideTag)
        {
            Reserve(1) = (byte)tag;
            return;
        }

        ref var at = ref Reserve(3);
        at = MemoryPackCode.WideTag;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 1), tag);
    }

    /// <summary>A union that is null.</summary>
    public void WriteNullUnionHeader() => WriteNullObjectHeader();

    /// <summary>The count of elements of a collection; its elements follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteCollectionHeader(int count) => Unsafe.WriteUnaligned(ref Reserve(4), count);

    /// <summary>A collection or string that is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNullCollectionHeader() => Unsafe.WriteUnaligned(ref Reserve(4), MemoryPackCode.NullCollection);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter<T>()
    {
        if (++_depth > WireSerializer.UncheckedDepth)
        {
            WireSerializer.CheckDepth(_depth, typeof(T), -1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => _depth--;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Reserve(int size)
    {
        if (_length - _position < size)
        {
            Grow(size);
        }

        ref var at = ref Unsafe.Add(ref _start, (nint)(uint)_position);
        _position += size;
        return ref at;
    }

    /// <summary>Gives back the end of what was reserved last.</summary>
    internal void GiveBack(int size) => _position -= size;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        if (_position != 0)
        {
            _output.Advance(_position);
            _flushed = checked(_flushed + _position);
            _position = 0;
        }

        var span = _output.GetSpan(size);
        _start = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(span);
        _length = span.Length;
    }

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowMemberCount(byte count) =>
        throw new WireSerializationException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"An object can have at most 249 members in this format, not {count}."));
}
