using Wires.Benchmarks.Limits;

namespace Wires.Benchmarks.Workloads;

/// <summary>How wires tell the benchmark that they have finished: a service of the node.</summary>
public sealed class FinishLine
{
    private CountdownEventSource _done = new(1);

    internal Task Expect(int signals)
    {
        _done = new CountdownEventSource(signals);
        return _done.Task;
    }

    internal void Signal() => _done.Signal();
}

[Wire]
public partial class Player(FinishLine finish)
{
    private PlayerRef _other;

    public void Meet(PlayerRef other) => _other = other;

    [OneWay]
    public void Ball(int left)
    {
        if (left <= 0)
        {
            finish.Signal();
        }
        else
        {
            _ = _other.Ball(left - 1);
        }
    }
}

[Wire]
public partial class Sink(FinishLine finish)
{
    private int _left;

    public void Expect(int messages) => _left = messages;

    [OneWay]
    public void Take(int value)
    {
        if (--_left == 0)
        {
            finish.Signal();
        }
    }
}

internal static class OneWayBenchmarks
{
    private const int Messages = 1_000_000;
    private const int Balls = 1_000_000;
    private const int BallsOfMany = 200_000;

    public static IEnumerable<Benchmark> All =>
    [
        new("fan-in", Unit.Nanoseconds, "1 M one-way messages to one wire, 1 sender", static () => FanInAsync(Node.Default, 1), static () => OneWayLimit.FanInAsync(1, Messages), 35),
        new("fan-in-2", Unit.Nanoseconds, "the same, 2 senders", static () => FanInAsync(Node.Default, 2), static () => OneWayLimit.FanInAsync(2, Messages)),
        new("fan-in-queued", Unit.Nanoseconds, "fan-in with inlining off", static () => FanInAsync(Node.Queued, 1), static () => OneWayLimit.FanInAsync(1, Messages), 35),
        new("fan-in-2-queued", Unit.Nanoseconds, "fan-in-2 with inlining off", static () => FanInAsync(Node.Queued, 2), static () => OneWayLimit.FanInAsync(2, Messages)),
        new("ping-pong", Unit.Nanoseconds, "one-way messages to and fro, one pair, one in flight; per message", static () => PingPongAsync(Node.Default, 1, 1, Balls), static () => OneWayLimit.PingPongAsync(1, 1, Balls), 58),
        new("ping-pong-8", Unit.Nanoseconds, "8 pairs, 100 in flight", static () => PingPongAsync(Node.Default, 8, 100, BallsOfMany), static () => OneWayLimit.PingPongAsync(8, 100, BallsOfMany), 7),
        new("ping-pong-64", Unit.Nanoseconds, "64 pairs, 100 in flight", static () => PingPongAsync(Node.Default, 64, 100, BallsOfMany / 4), static () => OneWayLimit.PingPongAsync(64, 100, BallsOfMany / 4), 7),
        new("ping-pong-queued", Unit.Nanoseconds, "ping-pong with inlining off", static () => PingPongAsync(Node.Queued, 1, 1, Balls), static () => OneWayLimit.PingPongAsync(1, 1, Balls), 58),
        new("ping-pong-8-queued", Unit.Nanoseconds, "ping-pong-8 with inlining off", static () => PingPongAsync(Node.Queued, 8, 100, BallsOfMany), static () => OneWayLimit.PingPongAsync(8, 100, BallsOfMany), 7),
        new("ping-pong-64-queued", Unit.Nanoseconds, "ping-pong-64 with inlining off", static () => PingPongAsync(Node.Queued, 64, 100, BallsOfMany / 4), static () => OneWayLimit.PingPongAsync(64, 100, BallsOfMany / 4), 7),
    ];

    private static async ValueTask<Sample> FanInAsync(IWires wires, int senders)
    {
        SinkRef sink = wires.Get<SinkRef>(senders);
        Task done = Node.FinishLine.Expect(1);
        await sink.Expect(Messages);
        return await Measure.RunAsync(Messages, async () =>
        {
            Task[] running = [.. Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAsync(sink, Messages / senders)))];
            await Task.WhenAll(running);
            await done;
        });

        static async Task SendAsync(SinkRef sink, int count)
        {
            for (int i = 0; i < count; i++)
            {
                await sink.Take(i);
            }
        }
    }

    private static async ValueTask<Sample> PingPongAsync(IWires wires, int pairs, int inFlight, int messagesPerPair)
    {
        Task done = Node.FinishLine.Expect(pairs * inFlight);
        var players = new List<PlayerRef>();
        for (int pair = 0; pair < pairs; pair++)
        {
            PlayerRef left = wires.Get<PlayerRef>(2 * pair);
            PlayerRef right = wires.Get<PlayerRef>((2 * pair) + 1);
            await left.Meet(right);
            await right.Meet(left);
            players.Add(left);
        }

        return await Measure.RunAsync((long)pairs * messagesPerPair, async () =>
        {
            foreach (PlayerRef left in players)
            {
                for (int i = 0; i < inFlight; i++)
                {
                    await left.Ball((messagesPerPair / inFlight) - 1);
                }
            }

            await done;
        });
    }
}
