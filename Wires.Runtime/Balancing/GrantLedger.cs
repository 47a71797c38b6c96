namespace Wires.Balancing;

/// <summary>What a node has promised to take and has not got yet. Not thread-safe.</summary>
internal sealed class GrantLedger
{
    /// <summary>A promise that nobody came for ends by itself: its asker may have crashed.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(10);

    private readonly List<Promise> _promises = [];

    /// <summary>Work promised, in processors.</summary>
    public double Work { get; private set; }

    /// <summary>Bytes promised.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many askers hold a promise.</summary>
    public int Count => _promises.Count;

    /// <summary>Keeps a promise in mind.</summary>
    public void Add(long from, double work, long bytes, TimeSpan now)
    {
        _promises.Add(new Promise(from, work, bytes, now + s_lifetime));
        Work += work;
        Bytes += bytes;
    }

    /// <summary>A wire has come from a node: as much of what that one was promised is kept. True if there was any such promise.</summary>
    public bool Keep(long from, double work, long bytes)
    {
        int index = _promises.FindIndex(promise => promise.From == from);
        if (index < 0)
        {
            return false;
        }

        Promise promise = _promises[index];
        double workKept = Math.Min(work, promise.Work);
        long bytesKept = Math.Min(bytes, promise.Bytes);
        promise = promise with { Work = promise.Work - workKept, Bytes = promise.Bytes - bytesKept };
        if (promise.Work <= 1e-9)
        {
            bytesKept += promise.Bytes;
            _promises.RemoveAt(index);
        }
        else
        {
            _promises[index] = promise;
        }

        Reduce(workKept, bytesKept);
        return true;
    }

    /// <summary>Ends promises that are too old, and those of nodes that have left.</summary>
    public void Expire(TimeSpan now, Func<long, bool> isMember)
    {
        for (int i = _promises.Count - 1; i >= 0; i--)
        {
            Promise promise = _promises[i];
            if (promise.Until <= now || !isMember(promise.From))
            {
                _promises.RemoveAt(i);
                Reduce(promise.Work, promise.Bytes);
            }
        }
    }

    private void Reduce(double work, long bytes)
    {
        (Work, Bytes) = _promises.Count == 0 ? (0, 0) : (Math.Max(0, Work - work), Math.Max(0, Bytes - bytes));
    }

    private readonly record struct Promise(long From, double Work, long Bytes, TimeSpan Until);
}
