using System.Threading.Channels;
using Wires.Benchmarks.Remote;

namespace Wires.Benchmarks.Workloads;

/// <summary>Streams of numbers, read to their end. The limit is a channel that holds as many items as a stream has credit.</summary>
internal static class StreamBenchmarks
{
    private const int Items = 1_000_000;
    private const int Credit = 64;

    public static IEnumerable<Benchmark> All =>
    [
        new("stream", Unit.PerSecond, "items of a stream of a wire of the same node", static () => ReadAsync(Node.Default.Get<EchoRef>("stream")), ChannelAsync),
        new("remote-stream", Unit.PerSecond, "items of a stream from another process", static async () => await ReadAsync((await RemotePair.SharedAsync()).Echoes(1)[0]), null),
    ];

    private static ValueTask<Sample> ReadAsync(EchoRef echo) => Measure.RunAsync(Items, async () =>
    {
        long sum = 0;
        await foreach (int item in echo.Numbers(Items))
        {
            sum += item;
        }

        Check(sum);
    });

    private static ValueTask<Sample> ChannelAsync() => Measure.RunAsync(Items, static async () =>
    {
        Channel<int> channel = Channel.CreateBounded<int>(new BoundedChannelOptions(Credit) { SingleReader = true, SingleWriter = true });
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < Items; i++)
            {
                await channel.Writer.WriteAsync(i);
            }

            channel.Writer.Complete();
        });
        long sum = 0;
        await foreach (int item in channel.Reader.ReadAllAsync())
        {
            sum += item;
        }

        await writing;
        Check(sum);
    });

    private static void Check(long sum)
    {
        if (sum != (long)Items * (Items - 1) / 2)
        {
            throw new InvalidOperationException($"The items come to {sum}.");
        }
    }
}
