using System.Diagnostics;

namespace Wires.Balancing;

/// <summary>How fast a processor of this node is, against a reference: measured once at start, unless it is set.</summary>
internal static class NodeSpeed
{
    /// <summary>Passes of <see cref="Work"/> per second on the reference, a 2.5 GHz server processor of 2023. Only ratios matter: it is the same constant on every node.</summary>
    public const double ReferencePassesPerSecond = 60_000;

    private const int Passes = 60;
    private const int Rounds = 9;
    private const int Length = 4096;

    /// <summary>Runs for some 10 ms on the calling thread.</summary>
    /// <returns>1 on the reference. The best of some rounds: whatever else the machine does can only make one slower.</returns>
    public static double Measure() => Measure(static () => Stopwatch.GetTimestamp(), Stopwatch.Frequency);

    /// <summary>The same by another clock.</summary>
    /// <param name="clock">Tells ticks.</param>
    /// <param name="ticksPerSecond">How many are a second.</param>
    public static double Measure(Func<long> clock, long ticksPerSecond)
    {
        var data = new uint[Length];
        for (int i = 0; i < Passes; i++)
        {
            Work(data); // What is not compiled yet, or not in the cache, is no measure.
        }

        long best = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = clock();
            for (int i = 0; i < Passes; i++)
            {
                Work(data);
            }

            best = Math.Min(best, clock() - start);
        }

        return Passes * (double)ticksPerSecond / Math.Max(1, best) / ReferencePassesPerSecond;
    }

    // Integer arithmetic, dependent loads and branches that cannot be foreseen, as turns have: no vector unit, no memory beyond the first caches.
    private static void Work(uint[] data)
    {
        uint x = 2463534242;
        for (int i = 0; i < data.Length; i++)
        {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5; // xorshift (Marsaglia 2003)
            ref uint place = ref data[x & (Length - 1)];
            place = (place & 1) == 0 ? place + x : place ^ x;
        }
    }
}
