using System.Buffers;

namespace Wires.Migration;

/// <summary>Wires that come from one node together, on the node that they come to.</summary>
internal sealed class ArrivingBatch(long from, long id, long now)
{
    private readonly List<byte[]?> _images = [];
    private readonly List<int> _lengths = [];

    public long From { get; } = from;

    public long Id { get; } = id;

    /// <summary>By <see cref="Environment.TickCount64"/>.</summary>
    public long Began { get; } = now;

    /// <summary>What the images take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why nothing more of it is taken; null while all is well.</summary>
    public string? Flaw { get; set; }

    /// <summary>By place in the batch; null where the wire was refused or has gone its way.</summary>
    public Arrival?[] Arrivals { get; set; } = [];

    /// <summary>The wires are kept until the source, or their home, decides.</summary>
    public bool IsTaken { get; set; }

    public int Count => _images.Count;

    public ReadOnlySpan<byte> ImageOf(int index) => index < _images.Count && _images[index] is { } image ? image.AsSpan(0, _lengths[index]) : default;

    /// <summary>A part of an image has come. Parts come in their order.</summary>
    public bool TryAdd(int index, int total, int offset, ReadOnlySpan<byte> part)
    {
        if (index < 0 || index > _images.Count || total < 0 || offset < 0 || part.Length > total - offset || (index == _images.Count) != (offset == 0))
        {
            return false;
        }

        if (index == _images.Count)
        {
            _images.Add(ArrayPool<byte>.Shared.Rent(total));
            _lengths.Add(total);
            Bytes += total;
        }

        if (_images[index] is not { } image || _lengths[index] != total)
        {
            return false;
        }

        part.CopyTo(image.AsSpan(offset));
        return true;
    }

    /// <summary>The wires are built, or never will be.</summary>
    public void ReturnImages()
    {
        for (int i = 0; i < _images.Count; i++)
        {
            if (_images[i] is { } image)
            {
                ArrayPool<byte>.Shared.Return(image);
                _images[i] = null;
            }
        }

        Bytes = 0;
    }
}
