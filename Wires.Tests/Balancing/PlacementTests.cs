using Microsoft.Extensions.DependencyInjection;
using Wires.Balancing;
using Wires.Tests.Cluster;
using Wires.Tests.Migration;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>New wires come to life where their home's policy says, as if they had been there from the first.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task ANewWireComesToLifeWhereThePolicyPutsIt()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await StartAsync(log);
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(cluster, two, one, 40);
        await PlacingAsync(one);
        foreach (MoverRef wire in wires)
        {
            // Callers of all nodes at once, each twice, the home among them.
            Task<int>[] calls = [.. cluster.Nodes.SelectMany(node => Enumerable.Range(0, 2).Select(_ => Clusters.On<MoverRef>(wire.Id.Key, node).CountFor(node.Name).AsTask()))];
            int[] answers = await Task.WhenAll(calls).Within();
            Assert.Equal([1, 2, 1, 2, 1, 2], answers);
            Assert.Equal(three.Name, await wire.Where().Within());
            AttachReason[] attached = await wire.Attached().Within();
            Assert.Equal([AttachReason.Created], attached);
            Assert.Equal(three.Name, await one.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within());
        }

        Assert.Equal(40, log.Lives);
        Assert.Empty(log.Violations);
    }

    [Fact]
    public async Task WhereItIsRefusedItComesToLifeAtHome()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await StartAsync(log);
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(cluster, two, one, 5);
        await PlacingAsync(one);
        three.Inner.BlocksGuests = true;
        foreach (MoverRef wire in wires)
        {
            Assert.Equal(one.Name, await wire.Where().Within());
            AttachReason[] attached = await wire.Attached().Within();
            Assert.Equal([AttachReason.Created], attached);
        }

        Assert.Empty(log.Violations);
    }

    [Fact]
    public async Task OneThatWasPlacedIsLostWithItsNodeAndToldSo()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await StartAsync(log);
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(cluster, two, one);
        await PlacingAsync(one);
        Assert.Equal(three.Name, await wire.Where().Within());
        await cluster.CrashAsync(three);
        AttachReason[] attached = await Clusters.RetryAsync(wire.Attached).Within();
        Assert.Equal([AttachReason.Lost], attached);
        Assert.Empty(log.Violations);
    }

    private static Task PlacingAsync(LocalNode home) => Waits.Until(() => home.Inner.Cluster!.Balancing!.PlacesElsewhere, "the home hears nothing of others");

    private static Task<LocalCluster> StartAsync(LifeLog log) => Clusters.StartAsync(
        3,
        static options =>
        {
            options.Balancing.Enabled = true;
            options.Balancing.Period = TimeSpan.FromMilliseconds(100);
            options.Balancing.Policy = static () => new OnNodeThree();
        },
        node => node.Services.AddSingleton(log),
        shortLeases: true);

    private sealed class OnNodeThree : IBalancingPolicy
    {
        public void Decide(BalancingRound round)
        {
        }

        public GrantAnswer Grant(in GrantRequest request, BalancingRound round) => GrantAnswer.Refused;

        public NodeLoad? Place(BalancingRound round) => round.Nodes.FirstOrDefault(static node => node.Name == "node3");
    }
}
