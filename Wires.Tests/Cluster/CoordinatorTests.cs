using System.Collections.Concurrent;
using Wires.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>What every coordinator does alike.</summary>
public abstract partial class CoordinatorTests
{
    private static readonly byte[] s_secret = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingIsThereAtFirst()
    {
        await using CoordinatorWorld world = await MakeWorld();
        CoordinatorState state = await world.Connect().ReadAsync(Test);
        Assert.Null(state.Generation);
        Assert.Null(state.View);
        Assert.Null(state.Secret);
        Assert.Equal(0, state.ViewNumber);
        Assert.Empty(state.Leases);
        Assert.False(state.IsRestoring);
        Assert.NotEmpty(state.ServerId);
    }

    [Fact]
    public async Task OfManyFoundersOneFounds()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator[] founders = [.. Enumerable.Range(0, 16).Select(_ => world.Connect())];
        await Task.WhenAll(founders.Select(founder => founder.ReadAsync(Test)));
        var ids = founders.Select(static _ => Guid.NewGuid()).ToArray();
        bool[] founded = await Task.WhenAll(founders.Select((founder, i) => Task.Run(
            () => founder.TryFoundAsync(new Generation(ids[i], 0), 1, new[] { (byte)i }, [(byte)i], new LeaseGrant(i, 1), Test))));
        int winner = Array.IndexOf(founded, true);
        Assert.Single(founded, static won => won);
        foreach (ICoordinator founder in founders)
        {
            CoordinatorState state = await founder.ReadAsync(Test);
            Assert.Equal(ids[winner], state.Generation!.Value.Id);
            Assert.Equal([(byte)winner], state.View!);
            Assert.Equal([(byte)winner], state.Secret!);
            Assert.Equal([new LeaseState(winner, 1, 1)], state.Leases);
        }
    }

    [Fact]
    public async Task AGenerationGetsTheCoordinatorsTime()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        long before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Generation generation = await Found(node);
        Assert.InRange(generation.FoundedAt, before - 1000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1000);
    }

    [Fact]
    public async Task LargeNumbersAndAllBytesComeBack()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        var generation = new Generation(Guid.NewGuid(), (1L << 60) + 1);
        Assert.True(await node.TryFoundAsync(generation, (1L << 60) + 1, s_secret, s_secret, new LeaseGrant(long.MaxValue, (1L << 60) + 1), Test));
        RenewResult renewed = await node.RenewAsync(generation.Id, long.MaxValue, (1L << 60) + 2, Test);
        Assert.Equal(RenewOutcome.Renewed, renewed.Outcome);
        Assert.True(await node.TryChangeViewAsync(
            new ViewChange(
                generation.Id,
                (1L << 60) + 1,
                (1L << 60) + 2,
                ReadOnlyMemory<byte>.Empty,
                long.MaxValue,
                [new LeaseState(long.MaxValue, 2, 0)],
                [],
                [new LeaseGrant(long.MinValue, 0), new LeaseGrant(long.MaxValue - 1, 7)]),
            Test));
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(generation, state.Generation);
        Assert.Equal((1L << 60) + 2, state.ViewNumber);
        Assert.Equal([], state.View!);
        Assert.Equal(s_secret, state.Secret!);
        Assert.Equal(
            [new LeaseState(long.MinValue, 1, 0), new LeaseState(long.MaxValue - 1, 1, 7), new LeaseState(long.MaxValue, 2, (1L << 60) + 2)],
            state.Leases.OrderBy(static lease => lease.Incarnation));
        Assert.Equal(RestoreResult.Newer, await node.TryRestoreAsync(generation, (1L << 60) + 1, s_secret, s_secret, 5, Test));
        Assert.Equal(RestoreResult.OlderGenerationStored, await node.TryRestoreAsync(new Generation(Guid.NewGuid(), (1L << 60) + 2), 1, s_secret, s_secret, 5, Test));
    }

    [Fact]
    public async Task ChangesThatRaceAreAllThereInTheEnd()
    {
        const int Nodes = 8, Changes = 20;
        await using CoordinatorWorld world = await MakeWorld();
        Generation generation = await Found(world.Connect());
        var numbers = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Nodes).Select(i => Task.Run(async () =>
        {
            ICoordinator node = world.Connect();
            for (int done = 0; done < Changes;)
            {
                CoordinatorState state = await node.ReadAsync(Test);
                var change = Change(generation, state.ViewNumber, proposer: 1) with { View = (byte[])[.. state.View!, (byte)i] };
                if (await node.TryChangeViewAsync(change, Test))
                {
                    numbers.Add(change.NewNumber);
                    done++;
                }
            }
        }))).Within();
        CoordinatorState last = await world.Connect().ReadAsync(Test);
        Assert.Equal(1 + (Nodes * Changes), last.ViewNumber);
        Assert.Equal(Enumerable.Range(2, Nodes * Changes).Select(static i => (long)i), numbers.Order());
        foreach (IGrouping<byte, byte> changes in last.View!.Skip(1).GroupBy(static i => i))
        {
            Assert.Equal(Changes, changes.Count());
        }
    }

    [Fact]
    public async Task AClaimIsRefusedOnceTheLeaseHasBeenRenewed()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        Assert.True(await node.TryChangeViewAsync(Change(generation, 1, proposer: 2) with { Added = [new LeaseGrant(2, 1)] }, Test));
        ViewChange claim = Change(generation, 2, proposer: 1) with { UnchangedLeases = [new LeaseState(2, 1, 1)], Removed = [2] };
        await node.RenewAsync(generation.Id, 2, 1, Test);
        Assert.False(await node.TryChangeViewAsync(claim, Test));
        Assert.False(await node.TryChangeViewAsync(claim with { UnchangedLeases = [new LeaseState(3, 1, 1)] }, Test));
        Assert.Equal([new LeaseState(1, 1, 1), new LeaseState(2, 2, 1)], (await node.ReadAsync(Test)).Leases.OrderBy(static lease => lease.Incarnation));
        Assert.True(await node.TryChangeViewAsync(claim with { UnchangedLeases = [new LeaseState(2, 2, 1)] }, Test));
        Assert.Equal([new LeaseState(1, 1, 1)], (await node.ReadAsync(Test)).Leases);
    }

    [Fact]
    public async Task AChangeOfSomethingElseIsRefused()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        ViewChange orphan = Change(new Generation(Guid.NewGuid(), 0), 1, proposer: 1) with { Added = [new LeaseGrant(1, 1)] };
        Assert.False(await node.TryChangeViewAsync(orphan, Test));
        Generation generation = await Found(node);
        Assert.False(await node.TryChangeViewAsync(orphan, Test));
        Assert.False(await node.TryChangeViewAsync(Change(generation, 2, proposer: 1), Test));
        Assert.False(await node.TryChangeViewAsync(Change(generation, 1, proposer: 2), Test));
        Assert.False(await node.TryChangeViewAsync(Change(generation, 1, proposer: 2) with { Added = [new LeaseGrant(3, 1)] }, Test));
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(1, state.ViewNumber);
        Assert.Equal([1], state.View!);
        Assert.Equal([new LeaseState(1, 1, 1)], state.Leases);
        Assert.True(await node.TryChangeViewAsync(Change(generation, 1, proposer: 1), Test));
    }

    [Fact]
    public async Task ARenewalCountsAndKeepsTheHighestViewSeen()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        RenewResult result = await node.RenewAsync(generation.Id, 1, 11, Test);
        await node.RenewAsync(generation.Id, 1, 9, Test);
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(new RenewResult(RenewOutcome.Renewed, 1, generation, state.ServerId, IsRestoring: false), result);
        Assert.Equal([new LeaseState(1, 3, 11)], state.Leases);
    }

    [Fact]
    public async Task ARenewalNeverRecreatesALease()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        Assert.Equal(RenewOutcome.LeaseEnded, (await node.RenewAsync(generation.Id, 2, 1, Test)).Outcome);
        Assert.True(await node.TryChangeViewAsync(Change(generation, 1, proposer: 1) with { Removed = [1] }, Test));
        RenewResult result = await node.RenewAsync(generation.Id, 1, 1, Test);
        Assert.Equal(RenewOutcome.LeaseEnded, result.Outcome);
        Assert.Equal(2, result.ViewNumber);
        Assert.Empty((await node.ReadAsync(Test)).Leases);
        Assert.Equal(RenewOutcome.OtherGeneration, (await node.RenewAsync(Guid.NewGuid(), 1, 1, Test)).Outcome);
    }

    [Fact]
    public async Task AChangeIsToldToOthers()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect(), other = world.Connect();
        Generation generation = await Found(node);
        await other.ReadAsync(Test);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        other.ViewChanged += () => told.TrySetResult();
        Assert.True(await node.TryChangeViewAsync(Change(generation, 1, proposer: 1), Test));
        await told.Task.Within();
    }

    [Fact]
    public async Task ACancelledCallIsCancelledAndADisposedCoordinatorDisposed()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        await node.ReadAsync(Test);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.ReadAsync(new CancellationToken(canceled: true)));
        await node.DisposeAsync();
        await node.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => node.ReadAsync(Test));
    }

    /// <summary>A memory of the test's own; one that the test hurts is nobody else's.</summary>
    private protected abstract Task<CoordinatorWorld> MakeWorld(bool isHurt = false);

    private protected static async Task<Generation> Found(ICoordinator node, long foundedAt = 0)
    {
        Assert.True(await node.TryFoundAsync(new Generation(Guid.NewGuid(), foundedAt), 1, new byte[] { 1 }, s_secret, new LeaseGrant(1, 1), Test));
        return (await node.ReadAsync(Test)).Generation!.Value;
    }

    private protected static ViewChange Change(Generation generation, long from, long proposer) =>
        new(generation.Id, from, from + 1, new byte[] { 2 }, proposer, [], [], []);
}
