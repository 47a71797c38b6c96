using System.Buffers;

namespace Wires.Serialization;

/// <summary>A growing array to write into. Rent one, use it, return it: then writing allocates nothing. Not for use by two threads at once.</summary>
public sealed class WireBuffer : IBufferWriter<byte>
{
    private const int InitialSize = 1024;

    // A thread keeps a few buffers, none of them huge, so that one large message does not hold its memory for ever.
    private const int KeptCount = 4;
    private const int KeptSize = 256 * 1024;

    // One object, as each look at a thread's own variable costs as much as the rest.
    [ThreadStatic]
    private static Kept? t_kept;

    private byte[] _array = [];
    private int _written;
    private WireBuffer? _nextFree;

    /// <summary>What was written by now; good until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => new(_array, 0, _written);

    /// <inheritdoc cref="WrittenSpan"/>
    public ReadOnlyMemory<byte> WrittenMemory => new(_array, 0, _written);

    /// <summary>How many bytes were written by now.</summary>
    public int WrittenCount => _written;

    /// <summary>An empty buffer, from those that this thread has returned where there is one.</summary>
    public static WireBuffer Rent()
    {
        if (t_kept is not { First: { } buffer } kept)
        {
            return new WireBuffer();
        }

        kept.First = buffer._nextFree;
        kept.Count--;
        buffer._nextFree = null;
        return buffer;
    }

    /// <summary>Gives the buffer back. Neither it nor what it gave may be used any more.</summary>
    public void Return()
    {
        _written = 0;
        Kept kept = t_kept ??= new Kept();
        if (kept.Count < KeptCount && _array.Length <= KeptSize)
        {
            _nextFree = kept.First;
            kept.First = this;
            kept.Count++;
        }
    }

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => _written = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if ((uint)count > (uint)(_array.Length - _written))
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "More than the buffer has lent.");
        }

        _written += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsSpan(_written);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsMemory(_written);
    }

    private void EnsureRoom(int size)
    {
        size = Math.Max(size, 1);
        if (_array.Length - _written >= size)
        {
            return;
        }

        var needed = (long)_written + size;
        if (needed > Array.MaxLength)
        {
            throw new WireSerializationException("A value of more than 2 GiB cannot be written.");
        }

        Array.Resize(ref _array, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(InitialSize, _array.Length * 2L))));
    }

    /// <summary>What a thread keeps.</summary>
    private sealed class Kept
    {
        public WireBuffer? First;
        public int Count;
    }
}
