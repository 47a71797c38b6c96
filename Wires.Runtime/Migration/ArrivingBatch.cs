using System.Buffers;

namespace Wires.Migration;

/// <summary>Wires that come from one node together, on the node that they come to.</summary>
internal sealed class ArrivingBatch(long from, long id, long now)
{
    private const int LargestPooled = 1024 * 1024;

    private readonly List<byte[]?> _images = [];
    private readonly List<int> _lengths = [];
    private readonly List<int> _received = [];

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

    /// <summary>By place in the batch: those that are this node's, and do not run yet.</summary>
    public Dictionary<int, Arrival>? Held { get; set; }

    /// <summary>Whether all have gone their way.</summary>
    public bool IsOver => Held is not { Count: > 0 } && Array.TrueForAll(Arrivals, static left => left is null);

    /// <summary>What the source was told, or will be, when it asked to rebuild the wires; null until it does. By a lock of all batches, as the rest.</summary>
    public TaskCompletionSource<byte[]>? Prepared { get; set; }

    /// <summary>The same for keeping them. Then they are kept until the source, or their home, decides.</summary>
    public TaskCompletionSource<byte[]>? Taken { get; set; }

    /// <summary>What is still said of it, by frames that were under way, has no effect.</summary>
    public bool IsDropped { get; set; }

    /// <summary>The wires are just being built: by whoever does that, what was dropped meanwhile is given back.</summary>
    public bool IsBeingBuilt => Prepared is { Task.IsCompleted: false };

    /// <summary>Whether wires are kept of it.</summary>
    public bool KeepsWires => Taken is not null && !IsOver;

    /// <summary>How many images have come whole; -1 where one has not.</summary>
    public int WholeCount => _received.SequenceEqual(_lengths) ? _images.Count : -1;

    public ReadOnlySpan<byte> ImageOf(int index) => index < _images.Count && _images[index] is { } image ? image.AsSpan(0, _lengths[index]) : default;

    /// <summary>A part of an image has come. Parts come in their order; one that came before is known.</summary>
    public bool TryAdd(int index, int total, int offset, ReadOnlySpan<byte> part)
    {
        if (index < 0 || index > _images.Count || total < 0 || offset < 0 || part.Length > total - offset || (index == _images.Count && offset != 0))
        {
            return false;
        }

        if (index == _images.Count)
        {
            // What is large would stay in the pool, and be larger still.
            _images.Add(total > LargestPooled ? GC.AllocateUninitializedArray<byte>(total) : ArrayPool<byte>.Shared.Rent(total));
            _lengths.Add(total);
            _received.Add(0);
            Bytes += total;
        }

        if (_images[index] is not { } image || _lengths[index] != total || offset > _received[index])
        {
            return false;
        }

        if (offset == _received[index])
        {
            part.CopyTo(image.AsSpan(offset));
            _received[index] += part.Length;
        }

        return true;
    }

    /// <summary>Gives those that do not run yet to the caller, who runs them.</summary>
    public IReadOnlyCollection<Arrival> TakeHeld()
    {
        Arrival[] held = Held is null ? [] : [.. Held.Values];
        Held = null;
        return held;
    }

    /// <summary>The wires are built, or never will be.</summary>
    public void ReturnImages()
    {
        for (int i = 0; i < _images.Count; i++)
        {
            if (_images[i] is { } image)
            {
                if (_lengths[i] <= LargestPooled)
                {
                    ArrayPool<byte>.Shared.Return(image);
                }

                _images[i] = null;
            }
        }

        Bytes = 0;
    }
}
