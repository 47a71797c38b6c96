using System.Diagnostics;

namespace Wires.Benchmarks;

/// <summary>Takes time and allocations of a piece of work.</summary>
internal static class Measure
{
    public static async ValueTask<Sample> RunAsync(long operations, Func<ValueTask> work)
    {
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new Sample(operations, elapsed, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
