using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>Produces streams, and knows what it has given.</summary>
[Wire]
public partial class Fountain
{
    private readonly List<int> _given = [];
    private int _ended;

    public async IAsyncEnumerable<int> Pour(int count)
    {
        // One object of state and stream.
        List<int> given = _given;
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (i % 7 == 0)
                {
                    await Wire.Yield();
                }

                given.Add(i);
                yield return i;
            }
        }
        finally
        {
            _ended++;
        }
    }

    public async IAsyncEnumerable<string> Names(string name)
    {
        foreach (string part in new[] { "a", "b", "c", "d" })
        {
            await Wire.Yield();
            yield return $"{name}{part} {Wire.Node}";
        }

        throw new InvalidOperationException($"{name} has no more");
    }

    public async IAsyncEnumerable<int> Slow(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Wire.Delay(TimeSpan.FromMilliseconds(5));
            yield return i;
        }
    }

    public int Given() => _given.Count;

    public int Ended() => _ended;

    public string Where() => Wire.Node;
}

/// <summary>A stream goes along with the wire that produces it, and its consumer notices nothing.</summary>
public sealed class StreamMoveTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3, static options => options.StreamCredit = 8);

    public async ValueTask DisposeAsync() => await Clusters.EndAsync(_cluster);

    // The consumer is on another node than both, on the one that is left, on the one that is gone to.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ItGoesOnWhereItsWireGoes(int consumer)
    {
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, _cluster.Nodes[consumer], Two);
        await using IAsyncEnumerator<int> items = wire.Pour(100).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(await items.MoveNextAsync().AsTask().Within($"item {i} does not come"));
            Assert.Equal(i, items.Current);
            if (i == 30)
            {
                await Clusters.MoveAsync(wire.Id, Three);
                Assert.Equal(Three.Name, await wire.Where().Within());
            }
        }

        Assert.False(await items.MoveNextAsync().AsTask().Within());
        Assert.Equal((100, 1), (await wire.Given().Within(), await wire.Ended().Within()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 20261129)]
    public async Task ItGoesOnWhereverItsWireGoesAndHoweverOften(int consumer, int seed)
    {
        const int Count = 3000;
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, _cluster.Nodes[consumer], Two);
        using var end = new CancellationTokenSource();
        Task<int> mover = Task.Run(() => Clusters.MoveAboutAsync(_cluster, wire.Id, wire.Where, seed, end.Token));
        int next = 0;
        await foreach (int item in wire.Pour(Count))
        {
            Assert.Equal(next++, item);
            if (next % 100 == 0)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        await end.CancelAsync();
        int moves = await mover.Within("a move hangs");
        Assert.Equal(Count, next);
        Assert.Equal((Count, 1), (await wire.Given().Within(), await wire.Ended().Within()));
        Assert.True(moves > 1, $"only {moves} moves");
    }

    [Fact]
    public async Task ManyStreamsOfManyWiresGoAlong()
    {
        const int Wires = 12;
        const int Count = 400;
        FountainRef[] wires = await Clusters.HomedAsync<FountainRef>(_cluster, One, Two, Wires);
        using var end = new CancellationTokenSource();
        Task<int>[] movers = [.. wires.Select((wire, i) => Task.Run(() => Clusters.MoveAboutAsync(_cluster, wire.Id, wire.Where, i, end.Token)))];
        Task[] consumers = [.. wires.SelectMany((wire, i) => _cluster.Nodes.Select(node => Task.Run(() => ConsumeAsync(Clusters.On<FountainRef>(wire.Id.Key, node), i))))];
        await Task.WhenAll(consumers).Within("a stream hangs");
        await end.CancelAsync();
        foreach (Task<int> mover in movers)
        {
            await mover.Within("a move hangs");
        }

        foreach (FountainRef wire in wires)
        {
            Assert.Equal(3, await wire.Ended().Within());
        }

        // Some are read to their end, and some are left.
        static async Task ConsumeAsync(FountainRef wire, int number)
        {
            int last = number % 3 == 0 ? 100 : Count;
            int next = 0;
            await foreach (int item in wire.Pour(Count))
            {
                Assert.Equal(next++, item);
                if (next == last)
                {
                    break;
                }
            }

            Assert.Equal(last, next);
            if (last < Count)
            {
                // The method learns of it at its next yield.
                await Waits.Until(() => wire.Ended().AsTask().GetAwaiter().GetResult() > 0, "the method does not end");
            }
        }
    }

    [Fact]
    public async Task AFailureReachesItsConsumerFromWhereItHappens()
    {
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, One, Two);
        var seen = new List<string>();
        await using IAsyncEnumerator<string> items = wire.Names("x").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await items.MoveNextAsync().AsTask().Within());
        await Clusters.MoveAsync(wire.Id, Three);
        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            while (await items.MoveNextAsync().AsTask().Within())
            {
                seen.Add(items.Current);
            }
        });
        Assert.Equal("x has no more", e.Message);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task OneThatIsSuspendedAtAnAwaitIsWaitedForUntilItYields()
    {
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, One, Two);
        int next = 0;
        await foreach (int item in wire.Slow(60))
        {
            Assert.Equal(next++, item);
            if (next % 20 == 0)
            {
                await Clusters.MoveAsync(wire.Id, _cluster.Nodes[next / 20 % 3]);
            }
        }

        Assert.Equal(60, next);
    }

    [Fact]
    public async Task AMoveThatComesToNothingLetsItGoOn()
    {
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, One, Two);
        await One.Wires.Operator.BlockAsync(Three.Name, TestContext.Current.CancellationToken).Within();
        int next = 0;
        await foreach (int item in wire.Pour(200))
        {
            Assert.Equal(next++, item);
            if (next == 50)
            {
                await Assert.ThrowsAsync<WireMigrationException>(() => Clusters.MoveAsync(wire.Id, Three));
            }
        }

        Assert.Equal(200, next);
    }

    [Fact]
    public async Task TheLossOfItsNewNodeEndsIt()
    {
        FountainRef wire = await Clusters.HomedAsync<FountainRef>(_cluster, One, Two);
        await using IAsyncEnumerator<int> items = wire.Pour(1000).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await items.MoveNextAsync().AsTask().Within());
        await Clusters.MoveAsync(wire.Id, Three);
        for (int i = 0; i < 50; i++)
        {
            Assert.True(await items.MoveNextAsync().AsTask().Within());
        }

        await _cluster.CrashAsync(Three).Within();
        await Assert.ThrowsAsync<WireUnreachableException>(async () =>
        {
            while (await items.MoveNextAsync().AsTask().Within("the consumer waits for ever"))
            {
                // What has come before.
            }
        });
    }
}
