using System.Diagnostics;

namespace Wires.Benchmarks.Remote;

/// <summary>A wire that carries so many bytes.</summary>
[Wire]
public partial class Cargo
{
    private byte[] _bytes = [];
    private int _calls;

    public int Call() => ++_calls;

    /// <summary>Works for a while in a method that is three calls deep, and yields after each step.</summary>
    /// <param name="milliseconds">For how long.</param>
    /// <returns>The longest time between two steps, in nanoseconds, wherever they ran.</returns>
    public async WireTask<double> Work(int milliseconds) => await WorkDeeper(milliseconds, 1);

    private async WireTask<double> WorkDeeper(int milliseconds, int depth)
    {
        if (depth < 2)
        {
            return await WorkDeeper(milliseconds, depth + 1);
        }

        long end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * milliseconds / 1000);
        long longest = 0;

        // The nodes share the machine, and so the clock.
        for (long last = Stopwatch.GetTimestamp(); last < end;)
        {
            await Wire.Yield();
            long now = Stopwatch.GetTimestamp();
            longest = Math.Max(longest, now - last);
            last = now;
        }

        return Stopwatch.GetElapsedTime(0, longest).TotalNanoseconds;
    }

    /// <summary>Is suspended so many calls deep, until the wire's node stops.</summary>
    public async WireTask<int> Wait(int depth)
    {
        if (depth > 1)
        {
            return 1 + await Wait(depth - 1);
        }

        await Wire.Delay(Timeout.InfiniteTimeSpan);
        return 1;
    }

    public void Fill(int count, int seed)
    {
        _bytes = new byte[count];
        new Random(seed).NextBytes(_bytes);
    }

    /// <summary>What was filled in with this seed is still there.</summary>
    public bool Check(int seed)
    {
        byte[] expected = new byte[_bytes.Length];
        new Random(seed).NextBytes(expected);
        return expected.Length > 0 && _bytes.AsSpan().SequenceEqual(expected);
    }
}
