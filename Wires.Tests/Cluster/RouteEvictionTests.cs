using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Migration;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>A node that calls ever more wires of others forgets the way to those that it does not call any more.</summary>
public sealed class RouteEvictionTests
{
    private const int Most = 100;

    [Fact]
    public async Task TheTablesDoNotGrowWithTheWiresThatWereCalledOnce()
    {
        await using LocalCluster cluster = await StartAsync(new LifeLog());
        (LocalNode one, LocalNode two) = (cluster.Nodes[0], cluster.Nodes[1]);
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(cluster, one, two, 5_000);
        foreach (MoverRef[] some in wires.Chunk(50))
        {
            await Task.WhenAll(some.Select(static wire => wire.Add(1).AsTask())).Within();
            foreach (MoverRef wire in some)
            {
                await wire.Note(1);
            }

            await Waits.Until(() => one.Inner.Cluster!.RouteCount <= Most, "the routes are kept");
        }

        Remoting.Peer peer = await one.Inner.Cluster!.PeerAsync(two.Inner.Cluster!.Incarnation);
        Assert.InRange(peer.NumberCount, 1, 2 * Most);

        // And the way is found again.
        foreach (MoverRef wire in wires)
        {
            Assert.Equal(2, await wire.Add(1).Within());
        }
    }

    [Fact]
    public async Task CallsThatRaceWithItKeepTheirOrderAcrossMoves()
    {
        var log = new LifeLog();
        await using LocalCluster cluster = await StartAsync(log);
        (LocalNode one, LocalNode two, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef[] wires = await Clusters.HomedAsync<MoverRef>(cluster, one, two, 3 * Most);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        Task<int>[] callers = [.. wires.Chunk(Most).Select((some, i) => Task.Run(() => CallAsync(some, $"c{i}", end.Token)))];
        int moves = 0;
        while (!end.IsCancellationRequested)
        {
            MoverRef wire = wires[moves * 7 % wires.Length];
            try
            {
                await two.Wires.MigrateAsync(wire.Id, moves++ % 2 == 0 ? three.Name : two.Name, CancellationToken.None);
            }
            catch (WireMigrationException e) when (e.Reason.Kind == PinKind.NotHere)
            {
                // Not called yet.
            }
        }

        Assert.All(await Task.WhenAll(callers).Within(), static rounds => Assert.True(rounds > 2));
        Assert.Empty(log.Violations);

        static async Task<int> CallAsync(MoverRef[] wires, string caller, CancellationToken end)
        {
            var calls = new int[wires.Length];
            int rounds = 0;
            for (; !end.IsCancellationRequested || rounds <= 2; rounds++)
            {
                for (int i = 0; i < wires.Length; i++)
                {
                    ValueTask<int> first = wires[i].CountFor(caller);
                    ValueTask<int> second = wires[i].CountFor(caller);
                    Assert.Equal(++calls[i], await first);
                    Assert.Equal(++calls[i], await second);
                }
            }

            return rounds;
        }
    }

    private static Task<LocalCluster> StartAsync(LifeLog log) =>
        Clusters.StartAsync(3, static options => options.Cluster.MaxIdleRoutes = Most, node => node.Services.AddSingleton(log));
}
