using System.Diagnostics;
using Wires.Benchmarks.Remote;
using Wires.Migration;
using Wires.Serialization;

namespace Wires.Benchmarks.Workloads;

/// <summary>Wires that move from this process to another one on loopback, and back between the runs.</summary>
internal static class MigrationBenchmarks
{
    private const int Moves = 50;
    private const int LargeMoves = 5;
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    public static IEnumerable<Benchmark> All =>
    [
        new("migrate-stall-1k", Unit.Nanoseconds, "longest gap that a caller in a tight loop sees while its wire moves, 1 KiB of state, median of 50", static () => StallAsync(KiB), null),
        new("migrate-stall-1m", Unit.Nanoseconds, "the same, 1 MiB of state", static () => StallAsync(MiB), null),
        new("migrate-midmethod", Unit.Nanoseconds, "longest gap that a method of three frames sees in itself while its wire moves, 1 KiB of state, median of 50; limit: migrate-stall-1k", MidMethodAsync, static () => StallAsync(KiB)),
        new("migrate-frame-bytes", Unit.Bytes, "what one frame (an int parameter, this, an awaiter) takes in an image", FrameBytesAsync, null),
        new("migrate-100m-gap", Unit.Nanoseconds, "longest gap that a caller of another wire of the two nodes sees while 100 MB of state move, median of 5", static () => GapOfOthersAsync(100_000_000), null),
        new("migrate-bulk", Unit.PerSecond, "1,000 wires of 1 KiB at once", static () => BulkAsync(1000, KiB), null),
        new("migrate-bulk-1m", Unit.PerSecond, "200 wires of 1 MiB at once", static () => BulkAsync(200, MiB), null),
    ];

    private static async ValueTask<Sample> StallAsync(int bytes)
    {
        RemotePair pair = await RemotePair.SharedAsync();
        CargoRef wire = pair.Wires.Get<CargoRef>("stall");
        await wire.Fill(bytes, seed: 1);
        var gaps = new List<TimeSpan>();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Moves; i++)
        {
            await pair.Wires.MigrateAsync(wire.Id, RemotePair.Client);
            using var end = new CancellationTokenSource();
            Task<TimeSpan> caller = Task.Run(() => LongestGapAsync(wire, end.Token));
            await Task.Delay(5);
            await pair.Wires.MigrateAsync(wire.Id, RemotePair.Server);
            await Task.Delay(5);
            await end.CancelAsync();
            gaps.Add(await caller);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (!await wire.Check(seed: 1))
        {
            throw new InvalidOperationException("The wire has lost its state.");
        }

        gaps.Sort();
        return new Sample(Moves, gaps[Moves / 2] * Moves, allocated);
    }

    private static async ValueTask<Sample> MidMethodAsync()
    {
        const int Work = 40;
        RemotePair pair = await RemotePair.SharedAsync();
        CargoRef wire = pair.Wires.Get<CargoRef>("mid-method");
        await wire.Fill(KiB, seed: 1);
        var gaps = new List<TimeSpan>();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Moves; i++)
        {
            await pair.Wires.MigrateAsync(wire.Id, RemotePair.Client);
            ValueTask<double> work = wire.Work(Work);
            await Task.Delay(5);
            await pair.Wires.MigrateAsync(wire.Id, RemotePair.Server);
            gaps.Add(TimeSpan.FromMicroseconds(await work / 1000));
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (!await wire.Check(seed: 1))
        {
            throw new InvalidOperationException("The wire has lost its state.");
        }

        gaps.Sort();
        return new Sample(Moves, gaps[Moves / 2] * Moves, allocated);
    }

    private static async ValueTask<Sample> FrameBytesAsync()
    {
        const int Deep = 101;
        RemotePair pair = await RemotePair.SharedAsync();
        long shallow = await ImageAsync(1);
        long deep = await ImageAsync(Deep);
        return new Sample(Deep - 1, TimeSpan.FromTicks(1), deep - shallow);

        async Task<long> ImageAsync(int depth)
        {
            CargoRef wire = pair.Wires.Get<CargoRef>($"{depth} frames {Guid.NewGuid()}");
            await wire.Call();
            await pair.Wires.MigrateAsync(wire.Id, RemotePair.Client);
            _ = wire.WithTimeout(Timeout.InfiniteTimeSpan).Wait(depth).AsTask();
            await Task.Delay(50);

            // Nothing wakes it: it stands still.
            var image = new WireBuffer();
            WireImage.Write(image, ((IWireRef<CargoRef>)wire).Handle!.Plain.Find()!, epoch: 1, ticks: []);
            return image.WrittenCount;
        }
    }

    /// <summary>A caller in a tight loop on the connection that the state goes by.</summary>
    private static async ValueTask<Sample> GapOfOthersAsync(int bytes)
    {
        RemotePair pair = await RemotePair.SharedAsync();
        CargoRef large = pair.Wires.Get<CargoRef>("large");
        CargoRef other = pair.Wires.Get<CargoRef>("other");
        await large.Fill(bytes, seed: 1);
        await other.Fill(1, seed: 1);
        var gaps = new List<TimeSpan>();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < LargeMoves; i++)
        {
            await pair.Wires.MigrateAsync(large.Id, RemotePair.Client);
            using var end = new CancellationTokenSource();
            Task<TimeSpan> caller = Task.Run(() => LongestGapAsync(other, end.Token));
            await Task.Delay(5);
            await pair.Wires.MigrateAsync(large.Id, RemotePair.Server);
            await end.CancelAsync();
            gaps.Add(await caller);
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        if (!await large.Check(seed: 1))
        {
            throw new InvalidOperationException("The wire has lost its state.");
        }

        gaps.Sort();
        return new Sample(LargeMoves, gaps[LargeMoves / 2] * LargeMoves, allocated);
    }

    private static async Task<TimeSpan> LongestGapAsync(CargoRef wire, CancellationToken end)
    {
        long longest = 0;
        long last = Stopwatch.GetTimestamp();
        int before = await wire.Call();
        while (!end.IsCancellationRequested)
        {
            int calls = await wire.Call();
            if (calls != ++before)
            {
                throw new InvalidOperationException($"Call {before} was counted as {calls}.");
            }

            long now = Stopwatch.GetTimestamp();
            longest = Math.Max(longest, now - last);
            last = now;
        }

        return Stopwatch.GetElapsedTime(0, longest);
    }

    private static async ValueTask<Sample> BulkAsync(int count, int bytes)
    {
        RemotePair pair = await RemotePair.SharedAsync();
        CargoRef[] wires = [.. Enumerable.Range(0, count).Select(i => pair.Wires.Get<CargoRef>($"bulk {bytes} {i}"))];
        await Task.WhenAll(wires.Select((wire, i) => wire.Fill(bytes, seed: i).AsTask()));
        await MoveAllAsync(pair, wires, RemotePair.Client);
        Sample sample = await Measure.RunAsync(count, async () => await MoveAllAsync(pair, wires, RemotePair.Server));
        bool[] kept = await Task.WhenAll(wires.Select((wire, i) => wire.Check(seed: i).AsTask()));
        return Array.TrueForAll(kept, static kept => kept) ? sample : throw new InvalidOperationException($"{kept.Count(static kept => !kept)} wires have lost their state.");
    }

    private static Task MoveAllAsync(RemotePair pair, CargoRef[] wires, string node) => Task.WhenAll(wires.Select(wire => pair.Wires.MigrateAsync(wire.Id, node).AsTask()));
}
