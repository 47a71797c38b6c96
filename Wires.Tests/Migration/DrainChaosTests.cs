using System.Globalization;
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
        int steps = s_seconds * 1000 / StepMilliseconds;
        ToilerRef[] wires = [.. Enumerable.Range(0, WireCount).Select(i => caller.Wires.Get<ToilerRef>(i))];
        Task<long>[] toils = [.. wires.Select((wire, i) => wire.Toil(i, steps).AsTask())];
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

        for (int i = 0; i < WireCount; i++)
        {
            Assert.Equal(Toiler.Expected(i, steps), await toils[i]);
            Assert.Equal(1, await wires[i].Finished().Within());
        }

        Assert.True(drains > 1 && moved > WireCount / 4, $"{drains} drains moved {moved} wires");
        TestContext.Current.SendDiagnosticMessage($"{drains} drains, {moved} moves");
    }
}
