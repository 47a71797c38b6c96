using Microsoft.Extensions.DependencyInjection;
using Wires.Mailboxes;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>What a node that stood still past its lease had accepted before does not run afterwards.</summary>
public sealed class FencingTests
{
    [Fact]
    public async Task ACallThatWaitedInAFrozenNodeDoesNotRunWhenItGoesOn()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await Clusters.StartAsync(2, static options => options.CallTimeout = TimeSpan.FromSeconds(30), node => node.Services.AddSingleton(log), shortLeases: true);
        LocalNode near = cluster.Nodes[0], far = cluster.Nodes[1];
        WitnessRef wire = await Clusters.HomedAsync<WitnessRef>(cluster, near, far);
        await wire.Count(1).Within();
        Activation former = far.Inner.Directory.Find(far.Inner.HandleOf(Clusters.HandleOf(wire).Type, wire.Id.Key))!;

        // Accepted, and not begun.
        far.Inner.Scheduler.Freeze();
        Task accepted = wire.Count(7).AsTask();
        await Waits.Until(() => former.Depth > 0 || !former.IsAtRest, "the call does not arrive");
        LocalCluster.Freeze(far);
        await Assert.ThrowsAnyAsync<WireException>(() => accepted.Within("the caller is not told"));
        Assert.Equal(1, await wire.Count(8).Within("the other node does not take the wire over"));

        LocalCluster.Thaw(far);
        await Clusters.SettledAsync(cluster);
        await Waits.Until(() => former.IsClosed, "the former life does not end");
        Assert.False(log.HasRun(7));
        Assert.Empty(log.Violations);
    }
}
