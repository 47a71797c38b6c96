using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>Works for long in two nested methods, with all that it has found on its stack.</summary>
[Wire]
public partial class Toiler
{
    private int _finished;

    public int Finished() => _finished;

    public async WireTask<long> Toil(int seed, int steps)
    {
        var found = new List<int>();
        long sum = 0;
        for (int i = 0; i < steps; i++)
        {
            sum += await Step(seed, i, found) * (i + 1L);
        }

        _finished++;
        return sum + found.Count;
    }

    /// <summary>What <see cref="Toil"/> comes to.</summary>
    public static long Expected(int seed, int steps)
    {
        long sum = 0;
        for (int i = 0; i < steps; i++)
        {
            sum += Value(seed, i) * (i + 1L);
        }

        return sum + steps;
    }

    private static async WireTask<int> Step(int seed, int step, List<int> found)
    {
        int value = Value(seed, step);
        int before = found.Count;
        await Wire.Delay(TimeSpan.FromMilliseconds(50 + (value % 100)));
        if (value % 3 == 0)
        {
            await Wire.Yield();
        }

        found.Add(value);
        return before == step ? value : -1;
    }

    private static int Value(int seed, int step) => (int)((uint)((seed * 1_000_003) + (step * 7919)) * 2654435769u >> 20);
}

/// <summary>Nodes are drained one after another under methods that run for longer than any node lives.</summary>
public sealed class DrainChaosTests
{
    private const int WireCount = 1000;
    private const int StepMilliseconds = 100;

    /// <summary>A minute where WIRES_DRAIN_SECONDS is 60; less in CI.</summary>
    private static readonly int s_seconds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_DRAIN_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 8;

    private static readonly int s_steps = s_seconds * 1000 / StepMilliseconds;

    [Fact]
    public async Task EveryMethodEndsOnceWithTheRightResultThoughItsNodesAreDrained()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(4, static options =>
        {
            options.CallTimeout = Timeout.InfiniteTimeSpan;
            options.Cluster.LeaseLength = TimeSpan.FromSeconds(20);
            options.Cluster.RenewPeriod = TimeSpan.FromSeconds(2);
        });
        LocalNode caller = cluster.Nodes[0];
        (ToilerRef[] wires, Task<long>[] toils) = Begin(caller.Wires);
        int drains = 0;
        int moved = 0;
        while (!Task.WhenAll(toils).IsCompleted)
        {
            LocalNode leaver = cluster.Nodes[1];
            await cluster.AddAsync(TestContext.Current.CancellationToken).Within("a node does not join");
            EmptyingReport report = await cluster.DrainAsync(leaver, TestContext.Current.CancellationToken).Within($"drain {drains} hangs");
            Assert.Equal(0, report.Left);
            moved += report.Moved;
            drains++;
            await Task.WhenAny(Task.WhenAll(toils), Task.Delay(500, TestContext.Current.CancellationToken));
        }

        await VerifyAsync(wires, toils, drains, moved);
    }

    [Fact]
    public async Task TheSameBetweenProcesses()
    {
        const double Lease = 20;
        await using RedisServer redis = await RedisServer.StartAsync();
        string cluster = Guid.NewGuid().ToString("N");
        var processes = new Queue<NodeProcess>();
        try
        {
            int started = 0;
            async Task StartAsync() => processes.Enqueue(await NodeProcess.StartAsync(redis.ConnectionString, cluster, $"n{++started}", Lease));
            await StartAsync();
            await StartAsync();
            await StartAsync();
            await using ServiceProvider services = new ServiceCollection().AddWires(options =>
            {
                options.UseRedis(redis.ConnectionString);
                options.NodeName = "caller";
                options.CallTimeout = Timeout.InfiniteTimeSpan;
                options.Cluster.Name = cluster;
                options.Cluster.LeaseLength = TimeSpan.FromSeconds(Lease);

                // The caller has hardly any wires itself.
                options.Cluster.Speed = 0.001;
                options.Balancing.Enabled = false;
            }).BuildServiceProvider();
            await services.GetRequiredService<WireNode>().JoinAsync(CancellationToken.None).Within("the test's own node does not join");
            IWires caller = services.GetRequiredService<IWires>();
            (ToilerRef[] wires, Task<long>[] toils) = Begin(caller);
            int drains = 0;
            int moved = 0;
            while (!Task.WhenAll(toils).IsCompleted)
            {
                Task pause = Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                await StartAsync();
                await using NodeProcess leaver = processes.Dequeue();
                EmptyingReport report = await caller.Operator.DrainAsync(leaver.Name, cancellation: TestContext.Current.CancellationToken).Within($"drain {drains} hangs");
                await leaver.ExitedAsync();
                Assert.Equal(0, report.Left);
                moved += report.Moved;
                drains++;
                await Task.WhenAny(Task.WhenAll(toils), pause);
            }

            await VerifyAsync(wires, toils, drains, moved);
        }
        finally
        {
            foreach (NodeProcess process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static (ToilerRef[] Wires, Task<long>[] Toils) Begin(IWires caller)
    {
        ToilerRef[] wires = [.. Enumerable.Range(0, WireCount).Select(i => caller.Get<ToilerRef>(i))];
        return (wires, [.. wires.Select(static (wire, i) => wire.Toil(i, s_steps).AsTask())]);
    }

    private static async Task VerifyAsync(ToilerRef[] wires, Task<long>[] toils, int drains, int moved)
    {
        await Task.WhenAll(toils).Within().ContinueWith(static _ => { }, TaskScheduler.Default);
        string[] failures = [.. toils.Select(static (toil, i) => toil.IsCompletedSuccessfully ? "" : $"{i}: {toil.Exception?.InnerException?.Message ?? toil.Status.ToString()}").Where(static failure => failure.Length > 0)];
        Assert.True(failures.Length == 0, $"After {drains} drains and {moved} moves {failures.Length} methods have failed: {string.Join(" | ", failures.Take(5))}");
        for (int i = 0; i < WireCount; i++)
        {
            Assert.Equal(Toiler.Expected(i, s_steps), await toils[i]);
            Assert.Equal(1, await wires[i].Finished().Within());
        }

        Assert.True(drains > 1 && moved > WireCount / 4, $"{drains} drains moved {moved} wires");
        TestContext.Current.TestOutputHelper?.WriteLine($"{drains} drains, {moved} moves, {WireCount} methods of {s_steps} steps");
    }
}
