using System.Buffers;
using Wires.Serialization;

namespace Wires.Migration;

/// <summary>The image of a wire, in segments, each as large as all before it, up to a bound: it takes little more memory than it has bytes, and nothing of it is copied as it grows.</summary>
internal sealed class ImageBuffer : IBufferWriter<byte>
{
    /// <summary>Most wires are smaller, and so go in one part.</summary>
    private const int FirstSize = 4096;
    private const int UsualSize = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _segments = [];
    private byte[] _array = [];
    private int _end;
    private long _length;

    /// <summary>How many bytes it has.</summary>
    /// <exception cref="WireSerializationException">They are more than one image may have.</exception>
    public int Length => _length <= Array.MaxLength ? (int)_length : throw new WireSerializationException("An image of more than 2 GiB cannot be sent.");

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - _end), nameof(count));
        _end += count;
        _length += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_array.Length - _end < Math.Max(1, sizeHint))
        {
            EndSegment();
            _array = GC.AllocateUninitializedArray<byte>(Math.Max(sizeHint, (int)Math.Clamp(_length, FirstSize, UsualSize)));
            _end = 0;
        }

        return _array.AsMemory(_end);
    }

    /// <summary>The bytes in their order, each part at most so large. To be enumerated once: memory is let go as it is passed.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Parts(int largest)
    {
        EndSegment();
        for (int i = 0; i < _segments.Count; i++)
        {
            ReadOnlyMemory<byte> left = _segments[i];
            _segments[i] = default;
            while (!left.IsEmpty)
            {
                ReadOnlyMemory<byte> part = left[..Math.Min(largest, left.Length)];
                left = left[part.Length..];
                yield return part;
            }
        }
    }

    private void EndSegment()
    {
        if (_end > 0)
        {
            _segments.Add(_array.AsMemory(0, _end));
        }

        _array = [];
        _end = 0;
    }
}
