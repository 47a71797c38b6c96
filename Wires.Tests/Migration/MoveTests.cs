using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A wire moves while it is in use: with its state, its order and its callers.</summary>
public sealed class MoveTests : IAsyncLifetime
{
    private readonly LifeLog _log = new();
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3, null, node => node.Services.AddSingleton(_log));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync().Within("the cluster does not stop");
        Assert.Empty(_log.Violations);
    }

    [Fact]
    public async Task AWireMovesWithItsStateFromAndToAndBackToItsHome()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        Assert.Equal(5, await wire.Add(5).Within());
        long epoch = await wire.Epoch().Within();
        foreach (LocalNode to in new[] { Three, One, Two, One, Two, Three })
        {
            await One.Wires.MigrateAsync(wire.Id, to.Name, TestContext.Current.CancellationToken).Within();
            Assert.Equal(to.Name, await wire.Where().Within());
            Assert.Equal(to.Name, await Three.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within());
            Assert.Equal(++epoch, await wire.Epoch().Within());
            foreach (LocalNode from in _cluster.Nodes)
            {
                Assert.Equal(5, await Same(wire, from).Add(0).Within());
            }
        }

        Assert.Equal([AttachReason.Created, .. Enumerable.Repeat(AttachReason.Moved, 6)], await wire.Attached().Within());
        Assert.Equal(Enumerable.Repeat(DetachReason.Moving, 6), await wire.Detaching().Within());
    }

    [Fact]
    public async Task AskedToMoveToWhereItIsItStaysWithItsState()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(5).Within();
        await One.Wires.MigrateAsync(wire.Id, Two.Name, TestContext.Current.CancellationToken).Within();
        Assert.Equal(5, await wire.Add(0).Within());
    }

    [Fact]
    public async Task CallersThatKeepCallingNoticeNothingOfAThousandMoves()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Add(0).Within();
        using var end = new CancellationTokenSource();
        Task<int>[] callers = [.. _cluster.Nodes.SelectMany(node => Enumerable.Range(0, 3).Select(i => Task.Run(() => CallAsync(Same(wire, node), $"{node.Name}-{i}", end.Token))))];
        Task<int> noter = Task.Run(() => NoteAsync(Same(wire, Three), end.Token));
        for (int i = 0; i < 1000; i++)
        {
            await One.Wires.MigrateAsync(wire.Id, _cluster.Nodes[i % 3].Name, TestContext.Current.CancellationToken).Within($"move {i}");
        }

        await end.CancelAsync();
        foreach (Task<int> caller in callers)
        {
            Assert.True(await caller.Within("a caller hangs") > 0);
        }

        int noted = await noter.Within("the noter hangs");
        Assert.Equal(Enumerable.Range(0, noted), await Same(wire, Three).Noted().Within());

        // Each call's answer is its place in its caller's order: none is lost, doubled or overtaken.
        static async Task<int> CallAsync(MoverRef wire, string caller, CancellationToken end)
        {
            int calls = 0;
            while (!end.IsCancellationRequested)
            {
                ValueTask<int> first = wire.CountFor(caller);
                ValueTask<int> second = wire.CountFor(caller);
                Assert.Equal(++calls, await first);
                Assert.Equal(++calls, await second);
            }

            return calls;
        }

        static async Task<int> NoteAsync(MoverRef wire, CancellationToken end)
        {
            int number = 0;
            while (!end.IsCancellationRequested)
            {
                await wire.Note(number++);
                if (number % 50 == 0)
                {
                    await Task.Delay(1, CancellationToken.None);
                }
            }

            return number;
        }
    }

    [Fact]
    public async Task ALargeStateArrivesWhole()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        await wire.Load(20_000_000, seed: 4).Within();
        int sum = await wire.Check().Within();
        await One.Wires.MigrateAsync(wire.Id, Three.Name, TestContext.Current.CancellationToken).Within();
        Assert.Equal(sum, await wire.Check().Within());
        Assert.Equal(Three.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task ManyWiresMoveAtOnce()
    {
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two, 600);
        for (int i = 0; i < wires.Length; i++)
        {
            await wires[i].Add(i).Within();
        }

        await Task.WhenAll(wires.Select(wire => Two.Wires.MigrateAsync(wire.Id, Three.Name, TestContext.Current.CancellationToken).AsTask())).Within("not all have moved");
        for (int i = 0; i < wires.Length; i++)
        {
            Assert.Equal(Three.Name, await wires[i].Where().Within());
            Assert.Equal(i, await wires[i].Add(0).Within());
        }
    }

    [Fact]
    public async Task ASuspendedWireMovesOnceItsMethodHasEnded()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        Task<string> dawdling = wire.Dawdle(700).AsTask();
        await Waits.Until(() => Two.Wires.WhyAsync(wire.Id, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult().Kind == PinKind.Suspended);
        PinReason why = await One.Wires.WhyAsync(wire.Id, TestContext.Current.CancellationToken).Within();
        Assert.Contains("Dawdle(", why.Text, StringComparison.Ordinal);
        await One.Wires.MigrateAsync(wire.Id, Three.Name, TestContext.Current.CancellationToken).Within();
        Assert.Equal(Two.Name, await dawdling.Within());
        Assert.Equal(Three.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task ATickGoesOnAtItsTime()
    {
        ClockworkRef wire = await Clusters.HomedAsync<ClockworkRef>(_cluster, One, Two);
        await wire.Ticks().Within();
        await Waits.Until(() => Ticks() >= 1);
        int before = Ticks();
        for (int i = 0; i < 30; i++)
        {
            // Faster than a period: were the timer to begin anew with each move, there would be no tick.
            await One.Wires.MigrateAsync(wire.Id, _cluster.Nodes[i % 3].Name, TestContext.Current.CancellationToken).Within();
            await Task.Delay(60, TestContext.Current.CancellationToken);
        }

        Assert.True(Ticks() > before, "no tick in 30 moves");

        int Ticks() => wire.Ticks().AsTask().GetAwaiter().GetResult();
    }

    [Fact]
    public async Task ANodeThatStopsLosesNothing()
    {
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two, 100);
        for (int i = 0; i < wires.Length; i++)
        {
            await wires[i].Add(i).Within();
        }

        LocalNode leaver = Two;
        await _cluster.StopAsync(leaver, TestContext.Current.CancellationToken).Within();
        for (int i = 0; i < wires.Length; i++)
        {
            Assert.Equal(i, await wires[i].Add(0).Within());
        }
    }

    [Fact]
    public async Task AnUnknownNodeIsNamedWithThoseThatThereAre()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        WireMigrationException e = await Assert.ThrowsAsync<WireMigrationException>(async () => await One.Wires.MigrateAsync(wire.Id, "nowhere", TestContext.Current.CancellationToken));
        Assert.Equal(PinKind.Target, e.Reason.Kind);
        Assert.Contains(Three.Name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWireThatIsNotAliveDoesNotMove()
    {
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(_cluster, One, Two);
        WireMigrationException e = await Assert.ThrowsAsync<WireMigrationException>(async () => await One.Wires.MigrateAsync(wire.Id, Three.Name, TestContext.Current.CancellationToken));
        Assert.Equal(PinKind.NotHere, e.Reason.Kind);
        Assert.Null(await One.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken));
    }

    private static MoverRef Same(MoverRef wire, LocalNode on) => wire.Id.Key.TryGetString(out string? key) ? on.Wires.Get<MoverRef>(key) : default;
}
