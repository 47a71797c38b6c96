using System.Buffers;
using System.Buffers.Binary;

namespace Wires.Transport;

/// <summary>Frames in a row, each after its length. Of a connection's two one is filled while the other is sent.</summary>
internal sealed class OutgoingBuffer
{
    private const int LeastSize = 64 * 1024;

    // A buffer that was hardly used so many times in a row is too large.
    private const int Patience = 64;

    private byte[] _array = [];
    private int _rarelyUsed;

    public int Count { get; private set; }

    /// <summary>The bytes up to here were handed to the socket.</summary>
    public int Handed { get; set; }

    public bool TryAppend(ReadOnlySpan<byte> frame)
    {
        long needed = (long)Count + sizeof(int) + frame.Length;
        if (needed > _array.Length && !TryGrow(needed))
        {
            return false;
        }

        Span<byte> free = _array.AsSpan(Count);
        BinaryPrimitives.WriteInt32LittleEndian(free, frame.Length);
        frame.CopyTo(free[sizeof(int)..]);
        Count = (int)needed;
        return true;
    }

    public ReadOnlyMemory<byte> Peek(int most) => _array.AsMemory(Handed, Math.Min(most, Count - Handed));

    /// <summary>Forgets what was sent.</summary>
    public void Clear()
    {
        _rarelyUsed = _array.Length > LeastSize && Count < _array.Length / 4 ? _rarelyUsed + 1 : 0;
        Count = 0;
        Handed = 0;
        if (_rarelyUsed == Patience)
        {
            Return();
        }
    }

    /// <summary>The whole frames of which no byte was handed over, one after the other.</summary>
    public bool TryTakeUnsent(ref int position, out ReadOnlySpan<byte> frame)
    {
        while (position < Count)
        {
            int start = position;
            int length = BinaryPrimitives.ReadInt32LittleEndian(_array.AsSpan(start));
            position += sizeof(int) + length;
            if (start >= Handed)
            {
                frame = _array.AsSpan(start + sizeof(int), length);
                return true;
            }
        }

        frame = default;
        return false;
    }

    public void Return()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = [];
        Count = 0;
        Handed = 0;
        _rarelyUsed = 0;
    }

    private bool TryGrow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(2L * _array.Length, Math.Max(needed, LeastSize), Array.MaxLength));
        _array.AsSpan(0, Count).CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
        return true;
    }
}
