using System.Runtime.CompilerServices;
using Wires.Benchmarks.Limits;

namespace Wires.Benchmarks.Workloads;

[Wire]
public partial class Target
{
    private int _value;

    public int Add(int amount) => _value += amount;

    public int AddFirst(int[] amounts) => _value += amounts[0];
}

[Wire]
public partial class Asker
{
    public async WireTask Run(TargetRef target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await target.Add(i);
        }
    }
}

[Wire]
public partial class AsyncAsker
{
    public async WireTask ByWireTask(TargetRef target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await AddAsync(target, i);
        }

        static async WireTask<int> AddAsync(TargetRef target, int amount) => await target.Add(amount);
    }

    public async WireTask ByValueTask(TargetRef target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await AddAsync(target, i);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        static async ValueTask<int> AddAsync(TargetRef target, int amount) => await target.Add(amount);
    }
}

internal static class AskBenchmarks
{
    private const int Calls = 2_000_000;
    private const int QueuedCalls = 500_000;
    private const int Targets = 1000;

    public static IEnumerable<Benchmark> All =>
    [
        new("local-ask", Unit.Nanoseconds, "sequential await of an int method, from outside", OutsideAsync, static () => InlineLimit.RunAsync(Calls), 17),
        new("local-ask-wire", Unit.Nanoseconds, "the same from inside another wire", static () => FromWireAsync(Node.Default, Calls), static () => InlineLimit.RunAsync(Calls), 17),
        new("local-ask-queued", Unit.Nanoseconds, "wire to wire with inlining off", static () => FromWireAsync(Node.Queued, QueuedCalls), static () => QueuedLimit.RunAsync(QueuedCalls), 163),
        new("local-ask-async", Unit.Nanoseconds, "a WireTask<int> method that awaits one queued call; limit: the same as a pooled ValueTask<int>", static () => AsyncAsync(static (asker, target, count) => asker.ByWireTask(target, count)), static () => AsyncAsync(static (asker, target, count) => asker.ByValueTask(target, count))),
        new("local-ask-many", Unit.Nanoseconds, "1,000 wires, round robin, one argument (int[4]) that has to be copied", ManyAsync, static () => InlineLimit.RunManyAsync(Calls, Targets)),
    ];

    private static ValueTask<Sample> OutsideAsync()
    {
        TargetRef target = Node.Default.Get<TargetRef>("outside");
        return Measure.RunChunksAsync(Calls, count => LoopAsync(target, count));

        static async ValueTask LoopAsync(TargetRef target, int count)
        {
            for (int i = 0; i < count; i++)
            {
                await target.Add(i);
            }
        }
    }

    private static ValueTask<Sample> FromWireAsync(IWires wires, int count)
    {
        TargetRef target = wires.Get<TargetRef>("inside");
        AskerRef asker = wires.Get<AskerRef>("asker");
        return Measure.RunChunksAsync(count, chunk => asker.Run(target, chunk));
    }

    private static ValueTask<Sample> AsyncAsync(Func<AsyncAskerRef, TargetRef, int, ValueTask> run)
    {
        TargetRef target = Node.Queued.Get<TargetRef>("async");
        AsyncAskerRef asker = Node.Queued.Get<AsyncAskerRef>("asker");
        return Measure.RunChunksAsync(QueuedCalls, chunk => run(asker, target, chunk));
    }

    private static ValueTask<Sample> ManyAsync()
    {
        TargetRef[] targets = [.. Enumerable.Range(0, Targets).Select(static i => Node.Default.Get<TargetRef>(i))];
        return Measure.RunChunksAsync(Calls, count => LoopAsync(targets, count));

        static async ValueTask LoopAsync(TargetRef[] targets, int count)
        {
            int[] argument = [1, 2, 3, 4];
            int next = 0;
            for (int i = 0; i < count; i++)
            {
                await targets[next].AddFirst(argument);
                next = next + 1 == targets.Length ? 0 : next + 1;
            }
        }
    }
}
