using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A wire moves in the middle of a loop over a stream, and the loop goes on where it arrives: no item is lost, none comes twice, all come in order.</summary>
public sealed class StreamReaderMoveTests : IAsyncLifetime
{
    /// <summary>WIRES_WALK_ROUNDS makes it a long run.</summary>
    private static readonly int s_rounds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_WALK_ROUNDS"), CultureInfo.InvariantCulture, out int rounds) ? rounds : 5;

    private readonly ConcurrentDictionary<long, Meeting> _meetings = new();
    private LocalCluster _cluster = null!;
    private volatile bool _meets;

    private LocalNode One => _cluster.Nodes[0];

    private string[] Names => [.. _cluster.Nodes.Select(static node => node.Name)];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3, options =>
    {
        options.StreamCredit = 8;
        options.FrameProbe = (node, _, frame) =>
        {
            if (_meets)
            {
                _meetings.GetOrAdd(node.Incarnation, static _ => new Meeting()).Attend((FrameKind)frame[0]);
            }

            return true;
        };
    });

    public async ValueTask DisposeAsync() => await Clusters.EndAsync(_cluster);

    // The producer is on each of the nodes that the reader comes by, has moved there before or not.
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(0, 0, true)]
    [InlineData(2, 1, true)]
    public async Task ItReadsOnWherever(int reader, int producer, bool hasMoved)
    {
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(producer, reader);
        await fountain.Where().Within();
        if (hasMoved)
        {
            await Clusters.MoveAsync(fountain.Id, _cluster.Nodes[(producer + 1) % 3]);
        }

        Assert.Equal(100, await drinker.Walk(fountain, 100, Names, 1).Within());
        Assert.Equal(100, await drinker.Walk(fountain, 100, Names, 7).Within());
        Assert.Equal((200, 2, 200, 3), (await fountain.Given().Within(), await fountain.Ended().Within(), await drinker.Drunk().Within(), await drinker.Places().Within()));
    }

    // Two words about one stream come to the node between its ends by two connections: where the items come from now, and that they are asked for from elsewhere now.
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task ManyWalkAtOnce(int every, bool bothEndsSpeakAtOnce)
    {
        _meets = bothEndsSpeakAtOnce;
        const int Walkers = 8;
        FountainRef[] fountains = [.. await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[1], Walkers / 2), .. await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[2], Walkers / 2)];
        DrinkerRef[] drinkers = await Clusters.HomedAsync<DrinkerRef>(_cluster, One, One, Walkers);
        for (int round = 0; round < s_rounds; round++)
        {
            int[] read = await Task.WhenAll(drinkers.Select((drinker, i) => drinker.Walk(fountains[i], 60, Names, every).AsTask())).Within("a loop hangs");
            Assert.All(read, static count => Assert.Equal(60, count));
        }
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
            .. drinkers.Select((drinker, i) => Task.Run(() => Clusters.MoveAboutAsync(_cluster, drinker.Id, drinker.Where, seed + i, end.Token))),
            .. fountains.Where(_ => producersToo).Select((fountain, i) => Task.Run(() => Clusters.MoveAboutAsync(_cluster, fountain.Id, fountain.Where, seed - i - 1, end.Token))),
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
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(producer);
        Task<int> sipping = drinker.Sip(fountain, 300).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 0);
        int moves = 0;
        while (!sipping.IsCompleted)
        {
            await Clusters.MoveAsync(drinker.Id, _cluster.Nodes[++moves % 3]);
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
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(0);
        Assert.Equal(20, await drinker.Later(fountain, 20, Names[2]).Within());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AFailureReachesTheLoopWhereItIs(int producer)
    {
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(producer);
        Assert.Equal("4 x has no more", await drinker.Fails(fountain, Names[2]).Within());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ACallerEndsALoopThatHasMoved(int producer)
    {
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(producer);
        using var end = new CancellationTokenSource();
        Task<int> drinking = drinker.DrinkUntil(fountain, Names[2], end.Token).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 3);
        await end.CancelAsync();
        Assert.True(await drinking.Within() > 3);
    }

    [Fact]
    public async Task AStreamOfAStreamMoves()
    {
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(0, 1);
        int next = 0;
        await foreach (int item in drinker.Twice(fountain, 200))
        {
            Assert.Equal(2 * next++, item);
            if (next % 20 == 0)
            {
                await Clusters.MoveAsync(drinker.Id, _cluster.Nodes[next / 20 % 3]);
            }
        }

        Assert.Equal((200, 3), (next, await drinker.Places().Within()));
    }

    [Fact]
    public async Task TheLossOfTheProducersNodeEndsALoopThatHasMoved()
    {
        (FountainRef fountain, DrinkerRef drinker) = await PairAsync(1);
        Task<int> sipping = drinker.Sip(fountain, 1_000_000).AsTask();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > 0);
        await Clusters.MoveAsync(drinker.Id, _cluster.Nodes[2]);
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
        await Clusters.MoveAsync(drinker.Id, One);
        int drunk = await drinker.Drunk().Within();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > drunk + 10);

        // Home again, by way of one more, so that no answer of the call itself hangs on the node that is lost.
        await Clusters.MoveAsync(drinker.Id, _cluster.Nodes[2]);
        drunk = await drinker.Drunk().Within();
        await Waits.Until(() => drinker.Drunk().AsTask().GetAwaiter().GetResult() > drunk + 10);
        await _cluster.CrashAsync(One).Within();
        Assert.Equal(400, await sipping.Within());
    }

    private async Task<(FountainRef Fountain, DrinkerRef Drinker)> PairAsync(int producer, int reader = 0) =>
        (await Clusters.HomedAsync<FountainRef>(_cluster, One, _cluster.Nodes[producer]), await Clusters.HomedAsync<DrinkerRef>(_cluster, One, _cluster.Nodes[reader]));

    /// <summary>Frames of the two kinds that come to one node are heard in the same moment, where they come at nearly the same time.</summary>
    private sealed class Meeting
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1);
        private int _waiting;

        public void Attend(FrameKind kind)
        {
            if (kind is not (FrameKind.StreamMoved or FrameKind.ReleaseStream))
            {
                return;
            }

            int other = (int)(kind == FrameKind.StreamMoved ? FrameKind.ReleaseStream : FrameKind.StreamMoved);
            if (Interlocked.CompareExchange(ref _waiting, 0, other) != other && Interlocked.CompareExchange(ref _waiting, (int)kind, 0) == 0)
            {
                long began = Stopwatch.GetTimestamp();
                while (Volatile.Read(ref _waiting) == (int)kind && Stopwatch.GetElapsedTime(began) < s_patience)
                {
                    Thread.SpinWait(1);
                }

                Interlocked.CompareExchange(ref _waiting, 0, (int)kind);
            }

            Thread.SpinWait(Random.Shared.Next(40));
        }
    }
}
