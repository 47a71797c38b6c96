using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>What a node has promised to take and has not got yet. Not thread-safe.</summary>
internal sealed class GrantLedger
{
    /// <summary>A promise that nobody came for ends by itself: its asker may have crashed.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(5);

    private readonly List<Promise> _promises = [];

    /// <summary>Work promised, in processors.</summary>
    public double Work { get; private set; }

    /// <summary>Bytes promised.</summary>
    public long Bytes { get; private set; }

    /// <summary>Keeps a promise in mind.</summary>
    /// <param name="from">Whom it was made to.</param>
    /// <param name="wires">How many wires may come.</param>
    /// <param name="work">Their work, in processors.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="now">The time.</param>
    public void Add(long from, int wires, double work, long bytes, TimeSpan now)
    {
        _promises.Add(new Promise(from, wires, work, bytes, now + s_lifetime));
        Work += work;
        Bytes += bytes;
    }

    /// <summary>A wire has come from a node: so much of what that one was promised is kept. The last wire takes the rest along: its work is not what it was when it was asked for.</summary>
    public void Keep(long from, double work, long bytes)
    {
        int index = _promises.FindIndex(promise => promise.From == from);
        if (index < 0)
        {
            return;
        }

        Promise promise = _promises[index];
        if (promise.Wires <= 1 || promise.Work <= work)
        {
            _promises.RemoveAt(index);
            Reduce(promise.Work, promise.Bytes);
            return;
        }

        bytes = Math.Min(bytes, promise.Bytes);
        _promises[index] = promise with { Wires = promise.Wires - 1, Work = promise.Work - work, Bytes = promise.Bytes - bytes };
        Reduce(work, bytes);
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

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Promise(long From, int Wires, double Work, long Bytes, TimeSpan Until);
}
