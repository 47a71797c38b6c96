using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wires.Tests.Cluster;
using Wires.Tests.Migration;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Operating;

/// <summary>A node leaves with nothing lost.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private readonly LifeLog _log = new();
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(
        3, static wires => wires.Cluster.MigrationPatience = TimeSpan.FromMilliseconds(500), node => node.Services.AddSingleton(_log));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync().Within("the cluster does not stop");
        Assert.Empty(_log.Violations);
    }

    [Fact]
    public async Task NothingIsLostWhileItsWiresAreCalledAndNewOnesComeToLife()
    {
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two, 200);
        await Task.WhenAll(wires.Select(static wire => wire.Add(1).Within()));
        using var stop = new CancellationTokenSource();
        int calls = 0;
        Task calling = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await wires[calls % wires.Length].Add(1).Within();
                await One.Wires.Get<MoverRef>($"new{calls++}").Add(1).Within();
            }
        }, Cancellation);
        LocalNode leaver = Two;
        EmptyingReport report = await _cluster.DrainAsync(leaver, Cancellation).Within();
        await stop.CancelAsync();
        await calling;
        Assert.True(report.Moved >= wires.Length, report.ToString());
        Assert.Equal(0, report.Left);
        Assert.Equal(["node1", "node3"], (await One.Wires.Operator.NodesAsync(Cancellation).Within()).Select(static node => node.Name));
        int[] sums = await Task.WhenAll(wires.Select(static wire => wire.Add(0).Within()));
        Assert.Equal(wires.Length + calls, sums.Sum());
        int[] fresh = await Task.WhenAll(Enumerable.Range(0, calls).Select(i => One.Wires.Get<MoverRef>($"new{i}").Add(0).Within()));
        Assert.All(fresh, static sum => Assert.Equal(1, sum));
    }

    [Fact]
    public async Task AWireThatIsInTheMiddleOfAMethodIsWaitedFor()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(3).Within();
        LocalNode leaver = Two;
        Task<string> dawdling = wire.Dawdle(2_000).Within();
        await Clusters.SuspendedAsync(_cluster, wire);
        await _cluster.DrainAsync(leaver, Cancellation).Within();
        Assert.Equal(leaver.Name, await dawdling);
        Assert.Equal(3, await wire.Add(0).Within());
    }

    [Fact]
    public async Task WhatKeepsItIsSaidAndTheNodeServesOn()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(3).Within();
        Task<string> dawdling = wire.Dawdle(5_000).Within();
        await Clusters.SuspendedAsync(_cluster, wire);
        WireOperatorException refusal = await Assert.ThrowsAsync<WireOperatorException>(() => One.Wires.Operator.DrainAsync(Two.Name, patience: TimeSpan.FromSeconds(1), cancellation: Cancellation)).Within();
        Assert.Equal((wire.Id, PinKind.Suspended), (refusal.Stays[0].Id, refusal.Stays[0].Reason.Kind));
        Assert.Equal(Two.Name, await dawdling);
        Assert.Equal(3, await wire.Add(0).Within());
        Assert.Equal(NodeMarks.None, (await One.Wires.Operator.NodesAsync(Cancellation).Within())[1].Marks);

        // And again, now that it can.
        await One.Wires.Operator.DrainAsync(Two.Name, cancellation: Cancellation).Within();
        Assert.Equal(3, await wire.Add(0).Within());
    }

    [Fact]
    public async Task TheWaitCanBeEndedAndSaysWhatStays()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(3).Within();
        Task<string> dawdling = wire.Dawdle(4_000).Within();
        await Clusters.SuspendedAsync(_cluster, wire);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        OperationCanceledException ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _cluster.DrainAsync(Two, patience.Token)).Within();
        Assert.Contains(wire.Id.ToString(), ended.Message, StringComparison.Ordinal);
        await dawdling;
    }

    [Fact]
    public async Task TheLastNodeHasNowhereToSendItsWires()
    {
        await using LocalCluster alone = await Clusters.StartAsync(1);
        WireOperatorException refusal = await Assert.ThrowsAsync<WireOperatorException>(() => alone.DrainAsync(alone.Nodes[0], Cancellation)).Within();
        Assert.Contains("alone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodeThatIsDisposedOfLeavesWithoutKeepingTheOthersWaitingForItsLease()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(3, static wires =>
        {
            wires.Cluster.LeaseLength = TimeSpan.FromMinutes(5);
            wires.Cluster.RenewPeriod = TimeSpan.FromSeconds(1);
        });
        await Clusters.SettledAsync(cluster);
        RemoteRef[] wires = await Clusters.HomedAsync<RemoteRef>(cluster, cluster.Nodes[0], cluster.Nodes[1], 5);
        await cluster.Nodes[1].DisposeAsync().Within();
        foreach (RemoteRef wire in wires)
        {
            Assert.NotEqual("node2", await wire.Where().Within());
        }
    }

    [Fact]
    public async Task TheHostOfADrainedNodeStops()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddWires(wires => wires.NodeName = "hosted");
        using IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        WireNode node = host.Services.GetRequiredService<WireNode>();
        await node.DrainAsync(new Wires.Operating.Emptying(node, everything: true), TimeSpan.FromSeconds(5)).Within();
        await host.WaitForShutdownAsync(Cancellation).Within();
        Assert.True(node.IsStopped);
    }
}
