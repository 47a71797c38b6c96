using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Nodes come and go in an orderly way, one after another, and two nodes lose each other, all under load.</summary>
public sealed class ChurnTests
{
    private const int WireCount = 40;

    /// <summary>20 in a minute where WIRES_CHURN_SECONDS is 60; as many in less time in CI.</summary>
    private static readonly int s_seconds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_CHURN_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 12;

    [Fact]
    public async Task TwentyJoinsAndLeavesLoseNothingAndFailNoCall()
    {
        const int Events = 20;
        var random = new Random(20);
        var log = new LifeLog();
        await using LocalCluster cluster = await Clusters.StartAsync(3, static options => options.CallTimeout = TimeSpan.FromSeconds(30), node => node.Services.AddSingleton(log));
        LocalNode caller = cluster.Nodes[0];
        using var end = new CancellationTokenSource();
        Task<int>[] counters = [.. Enumerable.Range(0, WireCount).Select(wire => Task.Run(() => CountAsync(caller, wire, end.Token)))];
        int joins = 0;
        for (int i = 0; i < Events; i++)
        {
            LocalNode[] others = [.. cluster.Nodes.Where(node => node != caller)];
            if (others.Length < 2 || (others.Length < 5 && random.Next(2) == 0))
            {
                await cluster.AddAsync(TestContext.Current.CancellationToken).Within($"join {i}");
                joins++;
            }
            else
            {
                await cluster.StopAsync(others[random.Next(others.Length)], TestContext.Current.CancellationToken).Within($"leave {i}");
            }

            await Task.Delay(s_seconds * 1000 / Events / 2, TestContext.Current.CancellationToken);
        }

        await end.CancelAsync();

        // Each counter's wire has counted every call of it: no node that left took a count along.
        int[] counts = await Task.WhenAll(counters).Within("a caller hangs");
        Assert.All(counts, static count => Assert.True(count > 0));
        Assert.Empty(log.Violations);
        TestContext.Current.SendDiagnosticMessage($"{joins} joins, {Events - joins} leaves, {counts.Sum()} calls");
    }

    [Fact]
    public async Task TwoNodesThatLoseEachOtherBothServeTheThirdAndFindEachOtherAgain()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await Clusters.StartAsync(3, static options => options.CallTimeout = TimeSpan.FromSeconds(3), node => node.Services.AddSingleton(log));
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        WitnessRef atTwo = await Clusters.HomedAsync<WitnessRef>(cluster, one, two);
        WitnessRef atOne = await Clusters.HomedAsync<WitnessRef>(cluster, three, one);
        Assert.Equal(1, await atTwo.Count(1).Within());
        Assert.Equal(1, await atOne.Count(2).Within());

        cluster.Partition(one, two);
        Task<int> cut = atTwo.Count(3).AsTask();

        // Both are alive for the coordinator and for the third: nobody takes anything over.
        WitnessRef atTwoFromThree = Clusters.On<WitnessRef>(atTwo.Id.Key, three);
        int answered = 0;
        for (long stop = Environment.TickCount64 + 4_000, call = 100; Environment.TickCount64 < stop; call += 2, answered++)
        {
            Assert.Equal(answered + 2, await atTwoFromThree.Count(call).Within());
            Assert.Equal(answered + 2, await atOne.Count(call + 1).Within());
        }

        Exception lost = await Assert.ThrowsAnyAsync<Exception>(() => cut.Within("a call between the two does not end"));
        Assert.True(lost is WireTimeoutException or WireUnreachableException, lost.ToString());
        cluster.Heal();
        int count = await Clusters.RetryAsync(() => atTwo.Count(Interlocked.Increment(ref s_last))).Within("the two do not find each other again");
        Assert.True(count >= answered + 2, "the wire lost its state");
        Assert.Empty(log.Violations);
    }

    private static long s_last = 1_000_000;

    private static async Task<int> CountAsync(LocalNode from, int wire, CancellationToken end)
    {
        WitnessRef witness = from.Wires.Get<WitnessRef>(string.Create(CultureInfo.InvariantCulture, $"churn{wire}"));
        int count = 0;
        while (!end.IsCancellationRequested)
        {
            count++;
            Assert.Equal(count, await witness.Count(((long)(wire + 1) << 32) | (uint)count));
            await Task.Delay(1, CancellationToken.None);
        }

        return count;
    }
}
