using System.Globalization;
using System.Runtime.CompilerServices;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>Reads streams of others, and moves meanwhile.</summary>
[Wire]
public partial class Drinker
{
    private readonly HashSet<string> _places = [];
    private int _drunk;

    public int Places() => _places.Count;

    [Interleave]
    public int Drunk() => _drunk;

    [Interleave]
    public string Where() => Wire.Node;

    /// <summary>Moves on after every so many items.</summary>
    public async WireTask<int> Walk(FountainRef fountain, int count, string[] nodes, int every)
    {
        int next = 0;
        await foreach (int item in fountain.Pour(count))
        {
            Check(item, next++);
            if (next % every == 0)
            {
                await Wire.MoveTo(nodes[next / every % nodes.Length]);
            }
        }

        return next;
    }

    public async WireTask<int> Drink(FountainRef fountain, int count, int last)
    {
        int next = 0;
        await foreach (int item in fountain.Pour(count))
        {
            Check(item, next++);
            if (next == last)
            {
                break;
            }

            if (next % 5 == 0)
            {
                await Wire.Yield();
            }
        }

        return next;
    }

    /// <summary>Waits for each item.</summary>
    public async WireTask<int> Sip(FountainRef fountain, int count)
    {
        int next = 0;
        await foreach (int item in fountain.Slow(count).ConfigureAwait(false))
        {
            Check(item, next++);
        }

        return next;
    }

    /// <summary>Two at a time, by hand, moving between the items of both.</summary>
    public async WireTask<int> Mix(FountainRef one, FountainRef two, int count, string[] nodes)
    {
        IAsyncEnumerator<int> first = one.Pour(count).GetAsyncEnumerator();
        IAsyncEnumerator<int> second = two.Pour(count).GetAsyncEnumerator();
        IAsyncEnumerator<int> same = first;
        for (int i = 0; i < count; i++)
        {
            if (!await first.MoveNextAsync())
            {
                return -1;
            }

            await Wire.MoveTo(nodes[i % nodes.Length]);
            if (!await second.MoveNextAsync() || same.Current != i || second.Current != i)
            {
                return -2;
            }
        }

        bool isOver = !await same.MoveNextAsync() && !await second.MoveNextAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
        return isOver ? count : -3;
    }

    /// <summary>Has asked before it moves, and begins to read after.</summary>
    public async WireTask<int> Later(FountainRef fountain, int count, string node)
    {
        IAsyncEnumerable<int> stream = fountain.Pour(count);
        await Wire.MoveTo(node);
        int next = 0;
        await foreach (int item in stream)
        {
            Check(item, next++);
        }

        await Wire.MoveTo(node);
        try
        {
            await foreach (int _ in stream)
            {
                return -1;
            }
        }
        catch (InvalidOperationException)
        {
            return next;
        }

        return -2;
    }

    /// <summary>Reads until the method fails, and says by what.</summary>
    public async WireTask<string> Fails(FountainRef fountain, string node)
    {
        int count = 0;
        try
        {
            await foreach (string item in fountain.Names("x"))
            {
                count++;
                await Wire.MoveTo(node);
            }
        }
        catch (InvalidOperationException e)
        {
            return $"{count} {e.Message}";
        }

        return "it has ended";
    }

    public async WireTask<int> DrinkUntil(FountainRef fountain, string node, CancellationToken end)
    {
        int next = 0;
        try
        {
            await foreach (int item in fountain.Slow(1_000_000).WithCancellation(end))
            {
                Check(item, next++);
                if (next == 3)
                {
                    await Wire.MoveTo(node);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return Wire.Node == node ? next : -1;
        }

        return -2;
    }

    /// <summary>A stream that is made of another one.</summary>
    public async IAsyncEnumerable<int> Twice(FountainRef fountain, int count)
    {
        await foreach (int item in fountain.Pour(count))
        {
            _places.Add(Wire.Node);
            yield return item * 2;
        }
    }

    private void Check(int item, int expected, [CallerMemberName] string method = "")
    {
        if (item != expected)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method} got {item} in place of {expected}"));
        }

        _drunk++;
        _places.Add(Wire.Node);
    }
}

/// <summary>A wire moves in the middle of a loop over a stream, and the loop goes on where it arrives: no item is lost, none comes twice, all come in order.</summary>
public sealed class StreamReaderMoveTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private string[] Names => [.. _cluster.Nodes.Select(static node => node.Name)];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3, static options => options.StreamCredit = 8);

    public async ValueTask DisposeAsync()
    {
        await Waits.Until(() => _cluster.Nodes.All(static node => node.Inner.Cluster!.Offers == 0 && node.Inner.Cluster!.Adoptions == 0), "streams or calls that nobody has asked for are kept");
        await _cluster.DisposeAsync().Within("the cluster does not stop");
    }

    // The producer is on each of the nodes that the reader comes by, has moved there before or not.
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(0, 0, true)]
    [InlineData(2, 1, true)]
    public async Task ItReadsOnWherever(int reader, int producer, bool hasMoved)
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[producer]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, _cluster.Nodes[reader]);
        await fountain.Where().Within();
        if (hasMoved)
        {
            await MoveAsync(fountain.Id, _cluster.Nodes[(producer + 1) % 3]);
        }

        Assert.Equal(100, await drinker.Walk(fountain, 100, Names, 1).Within());
        Assert.Equal(100, await drinker.Walk(fountain, 100, Names, 7).Within());
        Assert.Equal((200, 2, 200, 3), (await fountain.Given().Within(), await fountain.Ended().Within(), await drinker.Drunk().Within(), await drinker.Places().Within()));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(20261129, true)]
    public async Task ReadersAndProducersMoveAtRandom(int seed, bool producersToo)
    {
        const int Readers = 8;
        const int Count = 600;
        FountainRef[] fountains = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[1], Readers);
        DrinkerRef[] drinkers = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, _cluster.Nodes[0], Readers);
        using var end = new CancellationTokenSource();
        Task<int>[] movers =
        [
            .. drinkers.Select((drinker, i) => Task.Run(() => MoveAboutAsync(drinker.Id, () => drinker.Where(), seed + i, end.Token))),
            .. fountains.Where(_ => producersToo).Select((fountain, i) => Task.Run(() => MoveAboutAsync(fountain.Id, () => fountain.Where(), seed - i - 1, end.Token))),
        ];
        int[] read = await Task.WhenAll(drinkers.Select((drinker, i) => Task.Run(async () =>
        {
            // Some are read to their end, and some are left; two of each at a time.
            int last = i % 3 == 0 ? 100 : Count;
            await drinker.Drink(fountains[i], Count, last);
            int[] two = await Task.WhenAll(drinker.Drink(fountains[i], Count, last).AsTask(), drinkers[(i + 1) % Readers].Drink(fountains[i], Count, last).AsTask());
            return two[0] == last && two[1] == last ? last : -1;
        }))).Within("a loop hangs");
        await end.CancelAsync();
        int moves = (await Task.WhenAll(movers).Within("a move hangs")).Sum();
        Assert.All(read, static last => Assert.True(last is 100 or Count));
        Assert.True(moves > Readers, $"only {moves} moves");
        foreach (FountainRef fountain in fountains)
        {
            await Waits.Until(() => fountain.Ended().AsTask().GetAwaiter().GetResult() == 3, "a method does not end");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task OneThatWaitsForAnItemMovesAtOnce(int producer)
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[producer]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One);
        Task<int> sipping = drinker.Sip(fountain, 300).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 0);
        int moves = 0;
        while (!sipping.IsCompleted)
        {
            await MoveAsync(drinker.Id, _cluster.Nodes[++moves % 3]);
        }

        Assert.Equal(300, await sipping.Within());
        Assert.True(moves > 3, $"only {moves} moves");
    }

    [Fact]
    public async Task TwoStreamsAreReadAtOnce()
    {
        FountainRef[] fountains = [await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[0]), await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[1])];
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, _cluster.Nodes[2]);
        Assert.Equal(60, await drinker.Mix(fountains[0], fountains[1], 60, Names).Within());
    }

    [Fact]
    public async Task AStreamThatIsNotReadYetGoesAlong()
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, One);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One);
        Assert.Equal(20, await drinker.Later(fountain, 20, Names[2]).Within());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AFailureReachesTheLoopWhereItIs(int producer)
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[producer]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One);
        Assert.Equal("4 x has no more", await drinker.Fails(fountain, Names[2]).Within());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ACallerEndsALoopThatHasMoved(int producer)
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[producer]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One);
        using var end = new CancellationTokenSource();
        Task<int> drinking = drinker.DrinkUntil(fountain, Names[2], end.Token).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 3);
        await end.CancelAsync();
        Assert.True(await drinking.Within() > 3);
    }

    [Fact]
    public async Task AStreamOfAStreamMoves()
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, One);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, _cluster.Nodes[1]);
        int next = 0;
        await foreach (int item in drinker.Twice(fountain, 200))
        {
            Assert.Equal(2 * next++, item);
            if (next % 20 == 0)
            {
                await MoveAsync(drinker.Id, _cluster.Nodes[next / 20 % 3]);
            }
        }

        Assert.Equal((200, 3), (next, await drinker.Places().Within()));
    }

    [Fact]
    public async Task TheLossOfTheProducersNodeEndsALoopThatHasMoved()
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[1]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One);
        Task<int> sipping = drinker.Sip(fountain, 1_000_000).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 0);
        await MoveAsync(drinker.Id, _cluster.Nodes[2]);
        await _cluster.CrashAsync(_cluster.Nodes[1]).Within();
        await Assert.ThrowsAsync<WireUnreachableException>(() => sipping.Within());
    }

    [Fact]
    public async Task TheNodeThatTheLoopHasLeftIsNotNeeded()
    {
        FountainRef fountain = await Clusters.HomedAsync<FountainRef>(_cluster, _cluster.Nodes[2], _cluster.Nodes[1]);
        DrinkerRef drinker = await Clusters.HomedAsync<DrinkerRef>(_cluster, _cluster.Nodes[2], _cluster.Nodes[2]);
        Task<int> sipping = drinker.Sip(fountain, 400).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 0);
        await MoveAsync(drinker.Id, One);
        int drunk = await drinker.Drunk().Within();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > drunk + 10);

        // Home again, by way of one more, so that no answer of the call itself hangs on the node that is lost.
        await MoveAsync(drinker.Id, _cluster.Nodes[2]);
        drunk = await drinker.Drunk().Within();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > drunk + 10);
        await _cluster.CrashAsync(One).Within();
        Assert.Equal(400, await sipping.Within());
    }

    private async Task MoveAsync(WireId wire, LocalNode to) => await to.Wires.MigrateAsync(wire, to.Name, TestContext.Current.CancellationToken).Within($"{wire} does not move");

    private async Task<int> MoveAboutAsync(WireId wire, Func<ValueTask<string>> isAlive, int seed, CancellationToken end)
    {
        // Only what is alive can move.
        await isAlive();
        var random = new Random(seed);
        int moves = 0;
        while (!end.IsCancellationRequested)
        {
            await MoveAsync(wire, _cluster.Nodes[random.Next(3)]);
            moves++;
            await Task.Delay(random.Next(10), CancellationToken.None);
        }

        return moves;
    }
}
