using System.Diagnostics;
using Wires.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <content>Outages, losses, and what puts things back.</content>
public abstract partial class CoordinatorTests
{
    [Fact]
    public async Task MembersRestoreWhatIsLost()
    {
        await using CoordinatorWorld world = await MakeWorld(isHurt: true);
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        await world.LoseAll();
        RenewResult renewal = await node.RenewAsync(generation.Id, 1, 1, Test);
        Assert.Equal(RenewOutcome.GenerationLost, renewal.Outcome);
        Assert.Null(renewal.Generation);

        Assert.Equal(RestoreResult.Restored, await node.TryRestoreAsync(generation, 5, new byte[] { 5 }, s_secret, 1, Test));
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(generation, state.Generation);
        Assert.Equal(5, state.ViewNumber);
        Assert.Equal([5], state.View!);
        Assert.Equal(s_secret, state.Secret!);
        Assert.True(state.IsRestoring);
        Assert.Equal([new LeaseState(1, 1, 5)], state.Leases);

        renewal = await node.RenewAsync(generation.Id, 2, 5, Test);
        Assert.Equal((RenewOutcome.LeaseEnded, true), (renewal.Outcome, renewal.IsRestoring));
        Assert.Equal(RestoreResult.Joined, await node.TryRestoreAsync(generation, 5, new byte[] { 5 }, s_secret, 2, Test));
        Assert.Equal(RenewOutcome.Renewed, (await node.RenewAsync(generation.Id, 2, 5, Test)).Outcome);
        Assert.Equal(RestoreResult.Newer, await node.TryRestoreAsync(generation, 4, new byte[] { 4 }, s_secret, 3, Test));

        await node.ClearRestoringAsync(Guid.NewGuid(), Test);
        Assert.True((await node.ReadAsync(Test)).IsRestoring);
        await node.ClearRestoringAsync(generation.Id, Test);
        Assert.False((await node.ReadAsync(Test)).IsRestoring);
        Assert.Equal(RestoreResult.Joined, await node.TryRestoreAsync(generation, 5, new byte[] { 5 }, s_secret, 2, Test));
        Assert.Equal(RestoreResult.Refused, await node.TryRestoreAsync(generation, 5, new byte[] { 5 }, s_secret, 3, Test));
        Assert.Equal([1, 2], (await node.ReadAsync(Test)).Leases.Select(static lease => lease.Incarnation).Order());
    }

    [Fact]
    public async Task ALaterViewReplacesAnEarlierOneAndEndsItsLeases()
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        Assert.Equal(RestoreResult.Restored, await node.TryRestoreAsync(generation, 2, new byte[] { 2 }, s_secret, 2, Test));
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(2, state.ViewNumber);
        Assert.Equal([2], state.View!);
        Assert.True(state.IsRestoring);
        Assert.Equal([new LeaseState(2, 1, 2)], state.Leases);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task OfTwoGenerationsTheYoungerYields(int age)
    {
        await using CoordinatorWorld world = await MakeWorld();
        ICoordinator node = world.Connect();
        Generation[] generations = [new(Guid.NewGuid(), 1000), new(Guid.NewGuid(), 1000 + age)];
        Array.Sort(generations, static (a, b) => a.IsYoungerThan(b) ? 1 : -1);
        (Generation older, Generation younger) = (generations[0], generations[1]);

        Assert.True(await node.TryFoundAsync(younger, 9, new byte[] { 9 }, [9], new LeaseGrant(9, 9), Test));
        Assert.Equal(RestoreResult.Restored, await node.TryRestoreAsync(older, 1, new byte[] { 1 }, s_secret, 1, Test));
        CoordinatorState state = await node.ReadAsync(Test);
        Assert.Equal(older, state.Generation);
        Assert.Equal(1, state.ViewNumber);
        Assert.Equal(s_secret, state.Secret!);
        Assert.Equal([new LeaseState(1, 1, 1)], state.Leases);
        RenewResult renewal = await node.RenewAsync(younger.Id, 9, 9, Test);
        Assert.Equal((RenewOutcome.OtherGeneration, older), (renewal.Outcome, renewal.Generation));
        Assert.Equal(RestoreResult.OlderGenerationStored, await node.TryRestoreAsync(younger, 10, new byte[] { 9 }, [9], 9, Test));
        Assert.Equal(older, (await node.ReadAsync(Test)).Generation);
    }

    [Fact]
    public async Task AnOutageIsReportedInTimeAndHeals()
    {
        await using CoordinatorWorld world = await MakeWorld(isHurt: true);
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        await world.GoAway();
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.RenewAsync(generation.Id, 1, 1, Test));
        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.TryChangeViewAsync(Change(generation, 1, proposer: 1), Test));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, (2 * CoordinatorWorld.Timeout) + TimeSpan.FromSeconds(2));
        await world.ComeBack();
        CoordinatorState state = await Healed(() => node.ReadAsync(Test));
        Assert.Equal(generation, state.Generation);
        Assert.Equal(1, state.ViewNumber);
    }

    [Fact]
    public async Task AClaimFromBeforeAnotherServerTookOverIsRefused()
    {
        await using CoordinatorWorld world = await MakeWorld(isHurt: true);
        ICoordinator node = world.Connect();
        Generation generation = await Found(node);
        string server = (await node.ReadAsync(Test)).ServerId;
        await world.ChangeServer();
        RenewResult renewal = await Healed(() => node.RenewAsync(generation.Id, 1, 1, Test));
        Assert.NotEqual(server, renewal.ServerId);
        Assert.False(await node.TryChangeViewAsync(Change(generation, 1, proposer: 1), Test));
        Assert.Equal(renewal.ServerId, (await node.ReadAsync(Test)).ServerId);
        Assert.True(await node.TryChangeViewAsync(Change(generation, 1, proposer: 1), Test));
    }

    /// <summary>Asks until there is an answer.</summary>
    private protected static async Task<T> Healed<T>(Func<Task<T>> ask)
    {
        long end = Environment.TickCount64 + (long)Waits.Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (CoordinatorUnavailableException) when (Environment.TickCount64 < end)
            {
                await Task.Delay(50, Test);
            }
        }
    }
}
