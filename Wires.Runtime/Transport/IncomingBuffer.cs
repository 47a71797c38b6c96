using System.Buffers;
using System.Buffers.Binary;

namespace Wires.Transport;

/// <summary>What was read and not yet handed over: contiguous, so that a frame is one span.</summary>
internal sealed class IncomingBuffer
{
    private const int UsualSize = 64 * 1024;

    // So many reads in a row without a large frame, and the memory that the last one took is given back.
    private const int Patience = 64;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(UsualSize);
    private int _start;
    private int _end;
    private int _smallReads;

    /// <summary>Room to read into: all of the buffer where it is empty, else enough for the frame that has begun, or for twice of what has come of it.</summary>
    public Memory<byte> GetRoom()
    {
        int held = _end - _start;
        if (held == 0)
        {
            _start = _end = 0;
            if (_array.Length > UsualSize && ++_smallReads == Patience)
            {
                Replace(UsualSize);
            }

            return _array;
        }

        // A header is only a promise: memory follows what has really come.
        long frame = held < sizeof(int) ? 0 : sizeof(int) + (long)BinaryPrimitives.ReadUInt32LittleEndian(_array.AsSpan(_start));
        long wanted = Math.Max(UsualSize, Math.Min(frame, 2L * held));
        if (wanted > UsualSize)
        {
            _smallReads = 0;
        }

        if (wanted > _array.Length)
        {
            Replace((int)wanted);
        }
        else if (_start > 0)
        {
            _array.AsSpan(_start, held).CopyTo(_array);
            (_start, _end) = (0, held);
        }

        return _array.AsMemory(_end);
    }

    public void Add(int count) => _end += count;

    /// <summary>Takes the next frame, if all of it is there.</summary>
    /// <returns>Whether what is there is sound so far. If not, <paramref name="length"/> is the length that is none.</returns>
    public bool TryTake(int largest, out ReadOnlySpan<byte> frame, out bool isWhole, out uint length)
    {
        frame = default;
        isWhole = false;
        length = 0;
        int held = _end - _start;
        if (held < sizeof(int))
        {
            return true;
        }

        length = BinaryPrimitives.ReadUInt32LittleEndian(_array.AsSpan(_start));
        if (length == 0 || length > (uint)largest)
        {
            return false;
        }

        if (held - sizeof(int) >= (int)length)
        {
            frame = _array.AsSpan(_start + sizeof(int), (int)length);
            _start += sizeof(int) + (int)length;
            isWhole = true;
        }

        return true;
    }

    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        _start = _end = 0;
    }

    private void Replace(int size)
    {
        byte[] other = ArrayPool<byte>.Shared.Rent(size);
        _array.AsSpan(_start, _end - _start).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_array);
        _array = other;
        _end -= _start;
        _start = 0;
        _smallReads = 0;
    }
}
