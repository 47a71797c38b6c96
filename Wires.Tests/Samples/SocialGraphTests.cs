using SocialGraph.Graphs;
using SocialGraph.Ranking;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>Ranks that vertices compute by messages are those of one thread, bit for bit, wherever the vertices are and whatever way they have come there.</summary>
public sealed class SocialGraphTests
{
    private const int Rounds = 30;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 20260501)]
    public async Task TheRanksAreThoseOfOneThreadOnAnyNumberOfNodes(int nodes, int seed)
    {
        Graph graph = PlantedPartition.Create(vertices: 60, communities: 4, degree: 6, outside: 0.2, seed);
        await using LocalCluster cluster = await Clusters.StartAsync(nodes);

        // Each node is home of its share before the first vertex comes to life.
        await Clusters.SettledAsync(cluster);
        var session = new RankSession(cluster.Nodes[0].Wires, graph, TimeProvider.System);
        await session.PrepareAsync(Cancellation).Within();
        TableStatus? last = null;
        for (int run = 0; run < 2; run++)
        {
            double[] ranks = await session.RunAsync(Rounds, status => Task.FromResult(last = status), Cancellation).Within();
            Assert.Equal(PageRank.Compute(graph, Rounds), ranks);
        }

        Assert.Equal((nodes, graph.Vertices, 0), (last!.Nodes.Count, last.Nodes.Sum(static node => node.Vertices), last.Moves));
        Assert.Equal(2L * 2 * Rounds * graph.Edges, last.Nodes.Sum(static node => node.Local + node.Remote));
        Assert.Equal(nodes > 1, last.Nodes.Any(static node => node.Remote > 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TheRanksAreTheSameWhileVerticesMove(int seed)
    {
        Graph graph = PlantedPartition.Create(vertices: 60, communities: 4, degree: 6, outside: 0.2, seed);
        await using LocalCluster cluster = await Clusters.StartAsync(3);
        var session = new RankSession(cluster.Nodes[0].Wires, graph, TimeProvider.System);
        await session.PrepareAsync(Cancellation).Within();
        using var end = new CancellationTokenSource();
        Task<int> moving = MoveAsync(cluster, session, graph, new Random(seed), end.Token);
        double[] expected = PageRank.Compute(graph, Rounds);
        TableStatus? last = null;
        for (int run = 0; run < 100 && (last?.Moves ?? 0) < 100; run++)
        {
            double[] ranks = await session.RunAsync(Rounds, status => Task.FromResult(last = status), Cancellation).Within();
            Assert.True(expected.AsSpan().SequenceEqual(ranks), $"the ranks of run {run} differ (seed {seed}, {last!.Moves} moves)");
        }

        await end.CancelAsync();
        Assert.InRange(last!.Moves, 100, await moving);
    }

    // By hand, as fast as it goes: more than any balancer would.
    private static async Task<int> MoveAsync(LocalCluster cluster, RankSession session, Graph graph, Random random, CancellationToken end)
    {
        int moves = 0;
        while (!end.IsCancellationRequested)
        {
            WireId vertex = session.VertexOf(random.Next(graph.Vertices)).Id;
            LocalNode target = cluster.Nodes[random.Next(cluster.Nodes.Count)];
            if (await cluster.Nodes[0].Wires.WhereAsync(vertex, CancellationToken.None) != target.Name)
            {
                await cluster.Nodes[0].Wires.MigrateAsync(vertex, target.Name, CancellationToken.None).AsTask().Within();
                moves++;
            }
        }

        return moves;
    }

    [Fact]
    public void RanksOfASmallGraphAreThoseThatOneCanCompute()
    {
        // A star: what the middle gives is divided by three, what it gets is all that the others have.
        Graph graph = EdgeListReader.Read(new StringReader("m a\nm b\nm c\n"), "star");
        double[] ranks = PageRank.Compute(graph, 200);
        double middle = (0.0375 + (0.85 * 3 * 0.0375)) / (1 - (0.85 * 0.85));
        Assert.Equal(middle, ranks[0], 12);
        Assert.Equal(0.0375 + (0.85 * middle / 3), ranks[1], 12);
        Assert.Equal(1, ranks.Sum(), 12);
    }
}
