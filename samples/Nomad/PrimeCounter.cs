using System.Diagnostics;
using Wires;

namespace Nomad;

/// <summary>Computes for seconds, and can go to another node between any two slices of it.</summary>
/// <param name="logbook">Where it leaves word of what it does.</param>
[Wire(CallTimeout = "01:00:00")]
public partial class PrimeCounter(Logbook logbook)
{
    private const int Slice = 1 << 19;

    /// <summary>Counts the primes below a number, by the sieve of Eratosthenes.</summary>
    /// <param name="limit">The number.</param>
    /// <param name="start">The node on which it begins.</param>
    public async WireTask<int> CountBelow(int limit, string start)
    {
        await Wire.MoveTo(start);
        List<int> primes = UpTo((int)Math.Sqrt(limit));

        // By prime, its first multiple that is not crossed out.
        long[] multiples = [.. primes.Select(static prime => (long)prime * prime)];
        int count = 0;
        for (int from = 0; from < limit; from += Math.Min(Slice, limit - from))
        {
            await Wire.Yield();
            long began = Stopwatch.GetTimestamp();
            int to = from + Math.Min(Slice, limit - from);
            count += CountBetween(from, to, primes, multiples);
            logbook.Worked(Wire.Node, began, (double)to / limit);
        }

        return count;
    }

    private static int CountBetween(int from, int to, List<int> primes, long[] multiples)
    {
        var isCrossedOut = new bool[to - from];
        for (int i = 0; i < multiples.Length; i++)
        {
            long multiple = multiples[i];
            for (; multiple < to; multiple += primes[i])
            {
                isCrossedOut[multiple - from] = true;
            }

            multiples[i] = multiple;
        }

        // 0 and 1 are neither prime nor a multiple of one.
        return isCrossedOut.AsSpan(Math.Min(to, Math.Max(0, 2 - from))).Count(false);
    }

    private static List<int> UpTo(int last)
    {
        var primes = new List<int>();
        for (int number = 2; number <= last; number++)
        {
            if (primes.TrueForAll(prime => number % prime != 0))
            {
                primes.Add(number);
            }
        }

        return primes;
    }
}
