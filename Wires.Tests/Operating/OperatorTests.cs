using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Migration;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Operating;

/// <summary>Each verb, through a node of the cluster.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private readonly LifeLog _log = new();
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    private IWireOperator Operator => One.Wires.Operator;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(
        3, static wires => wires.Cluster.MigrationPatience = TimeSpan.FromMilliseconds(500), node => node.Services.AddSingleton(_log));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync().Within("the cluster does not stop");
        Assert.Empty(_log.Violations);
    }

    [Fact]
    public async Task NodesDescribeThemselves()
    {
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two, 3);
        await Task.WhenAll(wires.Select(static wire => wire.Add(1).Within()));
        await Operator.MigrateAsync(wires[0].Id, Three.Name, Cancellation).Within();
        IReadOnlyList<NodeReport> nodes = await Operator.NodesAsync(Cancellation).Within();
        Assert.Equal(_cluster.Nodes.Select(static node => node.Name), nodes.Select(static node => node.Name));
        Assert.All(nodes, static node =>
        {
            Assert.Null(node.Problem);
            Assert.Equal(NodeMarks.None, node.Marks);
            Assert.Equal(1, node.Speed);
            Assert.Equal(Environment.ProcessorCount, node.Cores);
            Assert.InRange(node.Load, 0, 1);
            Assert.True(node.Memory > 0 && node.MemoryLimit > 0 && node.Protocol == 1);
        });
        Assert.Equal(4096, nodes.Sum(static node => node.Slots));
        Assert.Equal([0, 2, 1], nodes.Select(static node => node.Wires));
        Assert.Equal([0, 0, 1], nodes.Select(static node => node.Guests));
    }

    [Fact]
    public async Task ANodeThatCannotBeAskedIsListedWithTheReason()
    {
        await Clusters.SettledAsync(_cluster);
        _cluster.Partition(One, Two);
        await Waits.Until(() => Operator.NodesAsync(Cancellation).GetAwaiter().GetResult().Single(node => node.Name == Two.Name).Problem is not null, "the cut-off node to be listed with a problem");
    }

    [Fact]
    public async Task WiresAreListedInPagesOnceEach()
    {
        await Clusters.SettledAsync(_cluster);
        MoverRef[] wires = [.. Enumerable.Range(0, 2500).Select(static i => $"k{i}").Select(key => One.Wires.Get<MoverRef>(key))];
        await Task.WhenAll(wires.Select(static wire => wire.Add(1).Within()));
        await One.Wires.Get<ClockworkRef>("c").Ticks().Within();
        IReadOnlyList<WireReport> all = await Operator.ListAsync(limit: int.MaxValue, cancellation: Cancellation).Within();
        Assert.Equal(2501, all.Select(static wire => wire.Id).Distinct().Count());
        Assert.Equal(2501, all.Count);
        Assert.All(all, static wire => Assert.False(wire.IsGuest));

        IReadOnlyList<WireReport> some = await Operator.ListAsync(Two.Name, wires[0].Id.Type, 10, Cancellation).Within();
        Assert.Equal(10, some.Count);
        Assert.All(some, wire => Assert.Equal((Two.Name, wires[0].Id.Type), (wire.Node, wire.Id.Type)));
        Assert.Single(await Operator.ListAsync(type: One.Wires.Get<ClockworkRef>("c").Id.Type, cancellation: Cancellation).Within());
        await Assert.ThrowsAsync<WireOperatorException>(() => Operator.ListAsync(type: "Nothing", cancellation: Cancellation)).Within();
        WireOperatorException unknown = await Assert.ThrowsAsync<WireOperatorException>(() => Operator.ListAsync("nobody", cancellation: Cancellation)).Within();
        Assert.Contains("node1, node2, node3", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheBusiestWiresAreThoseThatRun()
    {
        MoverRef idle = One.Wires.Get<MoverRef>("idle");
        await idle.Add(1).Within();
        using var stop = new CancellationTokenSource();
        Task calls = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            MoverRef busy = Two.Wires.Get<MoverRef>("busy");
            while (!stop.IsCancellationRequested)
            {
                await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => busy.Check().Within()));
            }
        })));
        IReadOnlyList<WireReport> busiest = [];
        for (int i = 0; i < 20 && busiest.Count == 0; i++)
        {
            busiest = await Operator.BusiestAsync(5, Cancellation).Within();
        }

        await stop.CancelAsync();
        await calls;
        Assert.Equal("busy", busiest[0].Id.Key.ToString());
        Assert.DoesNotContain(busiest, static wire => wire.Id.Key.ToString() == "idle");
    }

    [Fact]
    public async Task AWireIsFoundMovedAndBroughtHome()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        Assert.Null(await Operator.WhereAsync(wire.Id, Cancellation).Within());
        Assert.Equal(PinKind.NotHere, (await Operator.WhyAsync(wire.Id, Cancellation).Within()).Kind);
        await wire.Add(7).Within();
        await Operator.MigrateAsync(wire.Id, Three.Name, Cancellation).Within();
        Assert.Equal(Three.Name, await Operator.WhereAsync(wire.Id, Cancellation).Within());
        Assert.Equal(PinReason.None, await Operator.WhyAsync(wire.Id, Cancellation).Within());
        Assert.Equal(Two.Name, await Operator.BringAsync(wire.Id, Cancellation).Within());
        Assert.Equal(Two.Name, await wire.Where().Within());
        Assert.Equal(7, await wire.Add(0).Within());
        await Assert.ThrowsAsync<WireOperatorException>(() => Operator.MigrateAsync(wire.Id, "nobody", Cancellation)).Within();
        await Assert.ThrowsAsync<WireOperatorException>(() => Operator.WhereAsync(new WireId("Nothing", new WireKey("k")), Cancellation)).Within();
    }

    [Fact]
    public async Task GuestsAreExpelledAndOthersStay()
    {
        MoverRef[] own = await Clusters.HomedAsync<MoverRef>(_cluster, One, Three, 3);
        MoverRef[] guests = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two, 5);
        await Task.WhenAll(own.Concat(guests).Select(static wire => wire.Add(1).Within()));
        await Task.WhenAll(guests.Select(wire => Operator.MigrateAsync(wire.Id, Three.Name, Cancellation).Within()));
        EmptyingReport report = await Operator.ExpelAsync(Three.Name, cancellation: Cancellation).Within();
        Assert.Equal((5, 0), (report.Moved, report.Left));
        Assert.All(await Task.WhenAll(guests.Select(static wire => wire.Where().Within())), place => Assert.Equal(Two.Name, place));
        Assert.All(await Task.WhenAll(own.Select(static wire => wire.Where().Within())), place => Assert.Equal(Three.Name, place));
        Assert.All(await Task.WhenAll(own.Concat(guests).Select(static wire => wire.Add(0).Within())), static sum => Assert.Equal(1, sum));
    }

    [Fact]
    public async Task AGuestThatCannotGoIsNamedWithWhatKeepsIt()
    {
        MoverRef guest = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await guest.Add(1).Within();
        await Operator.MigrateAsync(guest.Id, Three.Name, Cancellation).Within();
        Task<string> dawdling = guest.Dawdle(4_000).Within();
        await Clusters.SuspendedAsync(_cluster, guest);
        EmptyingReport report = await Operator.ExpelAsync(Three.Name, patience: TimeSpan.FromSeconds(1), cancellation: Cancellation).Within();
        Assert.Equal((0, 1), (report.Moved, report.Left));
        Assert.Equal((guest.Id, PinKind.Suspended), (report.Stays[0].Id, report.Stays[0].Reason.Kind));
        Assert.Equal(Three.Name, await dawdling);
    }

    [Fact]
    public async Task ABlockedNodeTakesNoGuestsUntilItIsUnblocked()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(1).Within();
        await Operator.BlockAsync(Three.Name, Cancellation).Within();
        Assert.Equal(NodeMarks.Blocked, (await Operator.NodesAsync(Cancellation).Within())[2].Marks);
        WireMigrationException refusal = await Assert.ThrowsAsync<WireMigrationException>(() => Operator.MigrateAsync(wire.Id, Three.Name, Cancellation)).Within();
        Assert.Contains("blocked", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(PinKind.Target, refusal.Reason.Kind);
        Assert.Equal(Three.Name, await (await Clusters.HomedAsync<MoverRef>(_cluster, One, Three)).Where().Within());
        await Operator.UnblockAsync(Three.Name, Cancellation).Within();
        await Operator.MigrateAsync(wire.Id, Three.Name, Cancellation).Within();
    }

    [Fact]
    public async Task FromANodeThatStaysWiresLeaveByOrderOnly()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(1).Within();
        await Operator.StayAsync(Two.Name, Cancellation).Within();
        Assert.Equal(PinKind.Stays, (await Operator.WhyAsync(wire.Id, Cancellation).Within()).Kind);
        global::Wires.Cluster.Member three = Two.Inner.Cluster!.Member!.CurrentView!.Members.Single(member => member.Name == Three.Name);
        PinReason pin = await Two.Inner.Cluster!.Migrator.Begin(Two.Inner.Directory.All().Single(), three).Ended.Within();
        Assert.Equal(PinKind.Stays, pin.Kind);
        await Operator.MigrateAsync(wire.Id, Three.Name, Cancellation).Within();
        Assert.Equal(Three.Name, await wire.Where().Within());
        await Operator.UnstayAsync(Two.Name, Cancellation).Within();
        Assert.Equal(NodeMarks.None, (await Operator.NodesAsync(Cancellation).Within())[1].Marks);
    }
}
