using System.Diagnostics;

namespace Wires.Benchmarks;

/// <summary>Takes time and allocations of a piece of work.</summary>
internal static class Measure
{
    /// <summary>
    /// Operations per call of a measured loop. A loop that is entered a few times only never leaves the JIT compiler's on-stack replacement, whose code is slower by as
    /// much as it pleases; entered often, it reaches the last tier, as code that matters does.
    /// </summary>
    private const int Chunk = 5_000;

    /// <summary>Measures a loop, entered again and again; its argument is how many operations to do.</summary>
    public static ValueTask<Sample> RunChunksAsync(int operations, Func<int, ValueTask> loop) => RunAsync(operations, async () =>
    {
        for (int left = operations; left > 0; left -= Chunk)
        {
            await loop(Math.Min(left, Chunk));
        }
    });

    public static async ValueTask<Sample> RunAsync(long operations, Func<ValueTask> work)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new Sample(operations, elapsed, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
