using System.Diagnostics;
using Wires.Benchmarks.Remote;

namespace Wires.Benchmarks.Workloads;

/// <summary>Calls between two processes on loopback, over 100 wires whose methods run in their mailboxes.</summary>
internal static class RemoteBenchmarks
{
    private const int Wires = 100;
    private const int Sequential = 20_000;
    private const int Calls = 1_000_000;
    private const int Payload = 1024;

    // What a frame of ours is, so that the limit carries as much.
    private const int FrameSize = 30;

    public static IEnumerable<Benchmark> All =>
    [
        new("remote-ask", Unit.Nanoseconds, "one call at a time to another process, median", SequentialAsync, static () => RawAsync(port => RawEcho.SequentialAsync(port, Sequential, FrameSize))),
        new("remote-ask-100", Unit.PerSecond, "100 awaiting callers", static () => CallersAsync(100, Calls), static () => RawAsync(port => RawEcho.WindowAsync(port, Calls, 100, FrameSize))),
        new("remote-ask-1000", Unit.PerSecond, "1,000 awaiting callers", static () => CallersAsync(1000, 2 * Calls), static () => RawAsync(port => RawEcho.WindowAsync(port, 2 * Calls, 1000, FrameSize))),
        new("remote-ask-1k-100", Unit.PerSecond, "100 awaiting callers, 1 KiB there and back", PayloadAsync, static () => RawAsync(port => RawEcho.WindowAsync(port, Calls / 2, 100, Payload + FrameSize))),
        new("remote-one-way", Unit.PerSecond, "one-way calls, from the first to the last one's run", OneWayAsync, null),
    ];

    private static async ValueTask<Sample> RawAsync(Func<int, ValueTask<Sample>> run) => await run((await RemotePair.SharedAsync()).RawPort);

    private static async ValueTask<Sample> SequentialAsync()
    {
        EchoRef[] echoes = (await RemotePair.SharedAsync()).Echoes(Wires);
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        var times = new long[Sequential];
        for (int i = 0; i < Sequential; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await echoes[i % Wires].Add(i);
            times[i] = Stopwatch.GetTimestamp() - started;
        }

        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Array.Sort(times);
        return new Sample(Sequential, Stopwatch.GetElapsedTime(0, times[Sequential / 2]) * Sequential, bytes);
    }

    private static async ValueTask<Sample> CallersAsync(int callers, int calls)
    {
        EchoRef[] echoes = (await RemotePair.SharedAsync()).Echoes(Wires);
        return await Measure.RunAsync(calls, async () => await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(() => CallAsync(echoes[i % Wires], calls / callers)))));

        static async Task CallAsync(EchoRef echo, int count)
        {
            for (int i = 0; i < count; i++)
            {
                await echo.Add(i);
            }
        }
    }

    private static async ValueTask<Sample> PayloadAsync()
    {
        EchoRef[] echoes = (await RemotePair.SharedAsync()).Echoes(Wires);
        return await Measure.RunAsync(Calls / 2, async () => await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => CallAsync(echoes[i % Wires])))));

        static async Task CallAsync(EchoRef echo)
        {
            byte[] payload = new byte[Payload];
            for (int i = 0; i < Calls / 200; i++)
            {
                await echo.Bytes(payload);
            }
        }
    }

    private static async ValueTask<Sample> OneWayAsync()
    {
        EchoRef[] echoes = (await RemotePair.SharedAsync()).Echoes(Wires);
        foreach (EchoRef echo in echoes)
        {
            await echo.Reset();
        }

        const int Each = 4 * Calls / Wires;
        Sample sample = await Measure.RunAsync(Each * Wires, async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                foreach (EchoRef echo in echoes)
                {
                    await echo.Tell(1);
                }
            }

            // Answered behind the last one-way call.
            long count = 0;
            foreach (EchoRef echo in echoes)
            {
                count += await echo.Count();
            }

            if (count != Each * Wires)
            {
                throw new InvalidOperationException($"{count} of {Each * Wires} one-way calls have run.");
            }
        });
        return sample;
    }
}
