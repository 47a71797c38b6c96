using Microsoft.Extensions.DependencyInjection;
using Wires.Migration;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A move that comes to nothing leaves the wire as it was, and the next one free to begin.</summary>
public sealed class GivenUpMoveTests
{
    [Fact]
    public async Task AWireThatWasToldThatItMovesIsToldThatItStays()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(2, static options => options.Cluster.MigrationPatience = TimeSpan.FromMilliseconds(200));
        (LocalNode one, LocalNode two) = (cluster.Nodes[0], cluster.Nodes[1]);
        LingererRef wire = await Clusters.HomedAsync<LingererRef>(cluster, one, two);
        await wire.Told().Within();
        WireMigrationException e = await Assert.ThrowsAsync<WireMigrationException>(async () => await one.Wires.MigrateAsync(wire.Id, one.Name, TestContext.Current.CancellationToken));
        Assert.Equal(PinKind.Suspended, e.Reason.Kind);
        await Waits.Until(() => wire.Told().AsTask().GetAwaiter().GetResult().Length == 3, "the wire is not told that it stays");
        Assert.Equal(["Created", "Moving", "Moved"], await wire.Told().Within());
    }

    [Fact]
    public async Task AWireThatOnlyWantsToKnowThatItLeavesGoesOnWhenItDoesNot()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(2, static options => options.Cluster.MaxArrivingBytes = 10_000);
        (LocalNode one, LocalNode two) = (cluster.Nodes[0], cluster.Nodes[1]);
        LeaverRef wire = await Clusters.HomedAsync<LeaverRef>(cluster, one, two);
        await wire.Load(20_000).Within();
        WireMigrationException e = await Assert.ThrowsAsync<WireMigrationException>(async () => await one.Wires.MigrateAsync(wire.Id, one.Name, TestContext.Current.CancellationToken));
        Assert.Equal(PinKind.Target, e.Reason.Kind);
        Assert.Contains("MaxArrivingBytes", e.Message, StringComparison.Ordinal);
        Assert.Equal((1, 20_000), await wire.State().Within());

        // And no byte of it is kept at the target: what fits may come.
        await wire.Load(5_000).Within();
        await one.Wires.MigrateAsync(wire.Id, one.Name, TestContext.Current.CancellationToken).Within();
        Assert.Equal((2, 5_000), await wire.State().Within());
    }

    [Fact]
    public async Task AMoveThatIsRefusedDoesNotDisturbTheOneUnderWay()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LocalCluster cluster = await Clusters.StartAsync(
            3,
            options => options.MigrationProbe = (step, _) => step == MigrationStep.Prepared && reached.TrySetResult() ? goOn.Task : Task.CompletedTask,
            static node => node.Services.AddSingleton(new LifeLog()));
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(cluster, one, two);
        await wire.Add(5).Within();
        Task move = two.Wires.MigrateAsync(wire.Id, three.Name, TestContext.Current.CancellationToken).AsTask();
        await reached.Task.Within();
        one.Inner.BlocksGuests = true;
        Assert.Equal(PinKind.Target, await PinOfAsync(two, wire, one));
        one.Inner.BlocksGuests = false;
        Assert.Equal(PinKind.Moving, await PinOfAsync(two, wire, one));
        goOn.SetResult();
        await move.Within();
        Assert.Equal(three.Name, await wire.Where().Within());
        Assert.Equal(5, await wire.Add(0).Within());
    }

    private static async Task<PinKind> PinOfAsync(LocalNode from, MoverRef wire, LocalNode to) =>
        (await Assert.ThrowsAsync<WireMigrationException>(async () => await from.Wires.MigrateAsync(wire.Id, to.Name, TestContext.Current.CancellationToken))).Reason.Kind;
}
