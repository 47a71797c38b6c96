using System.Globalization;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A wire moves in the middle of its methods, and they go on where it arrives.</summary>
public sealed class StackMoveTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3);

    public async ValueTask DisposeAsync() => await Clusters.EndAsync(_cluster);

    [Fact]
    public async Task AMethodWalksOverTheNodes()
    {
        foreach (LocalNode from in _cluster.Nodes)
        {
            TravellerRef wire = await TravellerAsync(from);
            string[] way = [Three.Name, One.Name, One.Name, Two.Name, Three.Name];
            Assert.Equal(string.Join(' ', way), await wire.Walk(way).Within());
            Assert.Equal(way, await wire.Places().Within());
            Assert.Equal(Three.Name, await wire.Where().Within());
        }
    }

    [Fact]
    public async Task AMoveThatCannotBeThrowsAndTheMethodGoesOn()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Contains("no node nowhere is a member", await wire.Nowhere().Within(), StringComparison.Ordinal);
        Assert.Equal(Two.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task WhyAMoveHasFailedReachesCallersAndGoesAlong()
    {
        TravellerRef wire = await TravellerAsync(Two);
        WireMigrationException e = await Assert.ThrowsAsync<WireMigrationException>(() => wire.Lost().Within());
        Assert.Equal(PinKind.Target, e.Reason.Kind);
        Assert.Contains("no node nowhere is a member", e.Reason.Text, StringComparison.Ordinal);
        Assert.Equal(e.Reason.Text, await wire.LostBefore(Three.Name).Within());
        Assert.Equal(Three.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task ASuspendedMethodIsTakenAlongAndAnswersItsCaller()
    {
        TravellerRef wire = await TravellerAsync(One);
        foreach (LocalNode to in new[] { Three, One, Two })
        {
            Task<int> sleeping = wire.Sleep(300, 5).AsTask();
            await SuspendedAsync(wire);
            await MoveAsync(wire, to);
            Assert.False(sleeping.IsCompleted, "the move waited for the end of the method");
            Assert.Equal(to.Name, await One.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within());
            Assert.Equal(5, await sleeping.Within());
        }
    }

    [Fact]
    public async Task TheFirstOfSeveralCallsIsWaitedForAcrossAMove()
    {
        TravellerRef wire = await TravellerAsync(One);
        InnRef slow = await Clusters.HomedAsync<InnRef>(_cluster, One, Two);
        InnRef quick = await Clusters.HomedAsync<InnRef>(_cluster, One, One);
        foreach (LocalNode to in new[] { Three, Two, One })
        {
            Assert.Equal($"1 20 10 {to.Name}", await wire.Race(slow, quick, to.Name).Within());
        }
    }

    [Fact]
    public async Task ItMovesAgainAndAgainBeforeTheMethodEnds()
    {
        TravellerRef wire = await TravellerAsync(One);
        Task<int> sleeping = wire.Sleep(700, 5).AsTask();
        await SuspendedAsync(wire);
        for (int i = 0; i < 12; i++)
        {
            await MoveAsync(wire, _cluster.Nodes[i % 3]);
        }

        Assert.Equal(5, await sleeping.Within());
    }

    [Fact]
    public async Task AComputationThatYieldsIsMovedWhileItRuns()
    {
        TravellerRef wire = await TravellerAsync(One);
        Task<int> spinning = wire.Spin(1_000_000).AsTask();
        await SuspendedAsync(wire);
        int moves = 0;
        while (!spinning.IsCompleted && moves < 50)
        {
            await MoveAsync(wire, _cluster.Nodes[moves++ % 3]);
        }

        Assert.Equal(1_000_000 * 1_000_001L / 2 % (1L << 32), (uint)await spinning.Within());
        Assert.True(moves > 1);
    }

    [Fact]
    public async Task AllFramesOfAChainGoAlong()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"x123 0 {Three.Name}", await wire.Frames(Three.Name).Within());
    }

    [Fact]
    public async Task WhatWasSharedIsSharedAfterwards()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal("True 1 True True 2 first second", await wire.Shared(Three.Name).Within());
    }

    [Fact]
    public async Task LocalFunctionsKeepTheVariablesThatTheyShare()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal("21 21 ab 21", await wire.Closures(Three.Name).Within());
    }

    [Fact]
    public async Task LoopsGoOnWhereTheyWere()
    {
        TravellerRef wire = await TravellerAsync(One);
        int sum = 0;
        for (int item = 1; item <= 4; item++)
        {
            for (int value = 1; value <= 3; value++)
            {
                for (int element = 5; element <= 7; element++)
                {
                    sum += (item * 100) + (value * 10) + element;
                }
            }
        }

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{sum} {Three.Name}"), await wire.Enumerators(Three.Name).Within());
    }

    [Fact]
    public async Task ExceptionsThatArePendingAreThrownThere()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"inner finally {Three.Name} outer", await wire.Exceptions(Three.Name).Within());
        Assert.Equal($"{One.Name} pending", await wire.PendingFinally(One.Name).Within());
    }

    [Fact]
    public async Task CallsThatItHasMadeFindIt()
    {
        TravellerRef wire = await TravellerAsync(One);
        InnRef near = await InnAsync(One, Two);
        InnRef far = await InnAsync(One, One);
        Assert.Equal($"10 20 {Three.Name}", await wire.Calls(near, far, Three.Name).Within());
        foreach (InnRef inn in new[] { near, far })
        {
            Task<int> waiting = wire.AwaitGuest(inn, 3).AsTask();
            await SuspendedAsync(wire);
            await MoveAsync(wire, Two);
            await MoveAsync(wire, One);
            Assert.Equal(30, await waiting.Within());
        }

        Assert.Equal("1 3", string.Join(' ', await near.Guests().Within()));
        Assert.Equal("2 3", string.Join(' ', await far.Guests().Within()));
    }

    [Fact]
    public async Task FailuresOfItsCallsFindItToo()
    {
        TravellerRef wire = await TravellerAsync(One);
        InnRef inn = await InnAsync(One, Two);
        Task<string> waiting = wire.AwaitFailure(inn).AsTask();
        await SuspendedAsync(wire);
        await MoveAsync(wire, Three);
        Assert.Equal($"full {Three.Name}", await waiting.Within());
    }

    [Fact]
    public async Task SeveralCallsAwaitedTogetherTravel()
    {
        TravellerRef wire = await TravellerAsync(One);
        InnRef[] inns = [await InnAsync(One, One), await InnAsync(One, Two), await InnAsync(One, Three)];
        Task<int> waiting = wire.All(inns).AsTask();
        await SuspendedAsync(wire);
        await MoveAsync(wire, Three);
        Assert.Equal(30, await waiting.Within());
    }

    [Fact]
    public async Task MethodsThatWereBegunAndNotAwaitedGoAlong()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"7 8 {Three.Name}", await wire.Children(Three.Name).Within());
    }

    [Fact]
    public async Task InterleavedMethodsGoAlongTogether()
    {
        TravellerRef wire = await TravellerAsync(One);
        Task<int>[] beside = [.. Enumerable.Range(1, 5).Select(i => wire.Beside(200 + (20 * i), i).AsTask())];
        await SuspendedAsync(wire);
        await MoveAsync(wire, Three);
        int[] sums = await Task.WhenAll(beside).Within();
        Assert.Equal(15, sums.Max());
        Assert.Equal(15, await wire.Sum().Within());
    }

    [Fact]
    public async Task CallsThatWaitForTheMethodFollowInTheirOrder()
    {
        TravellerRef wire = await TravellerAsync(One);
        Task<int> sleeping = wire.Sleep(300, 5).AsTask();
        await SuspendedAsync(wire);
        Task<int>[] waiting = [.. Enumerable.Range(0, 20).Select(i => wire.Sleep(1, i).AsTask())];
        await MoveAsync(wire, Three);
        Assert.Equal(5, await sleeping.Within());
        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(waiting).Within());
    }

    [Fact]
    public async Task AMethodThatNobodyWaitsForGoesAlong()
    {
        TravellerRef wire = await TravellerAsync(One);
        await wire.Tell(200).Within();
        await SuspendedAsync(wire);
        await MoveAsync(wire, Three);
        Assert.Equal([Three.Name], await wire.Places().Within());
    }

    [Fact]
    public async Task TasksStayBehindAndTheirOutcomesFollow()
    {
        TravellerRef wire = await TravellerAsync(One);
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "5", TestContext.Current.CancellationToken);
        Task<string> waiting = wire.Tasks(150, file).AsTask();
        await SuspendedAsync(wire);
        for (int i = 0; !waiting.IsCompleted; i++)
        {
            await MoveAsync(wire, _cluster.Nodes[i % 3]);
            await Task.Delay(30, TestContext.Current.CancellationToken);
        }

        Assert.Equal("5 late", await waiting.Within());
        File.Delete(file);
    }

    [Fact]
    public async Task ATaskOfItsOwnKeepsIt()
    {
        TravellerRef wire = await TravellerAsync(One);
        Task<int> waiting = wire.OwnTask(400).AsTask();
        await SuspendedAsync(wire);
        Assert.Equal(PinKind.Suspended, (await One.Wires.WhyAsync(wire.Id, TestContext.Current.CancellationToken).Within()).Kind);

        // A move waits for its end.
        await MoveAsync(wire, Three);
        Assert.Equal(5, await waiting.Within());
        Assert.Equal(Three.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task ItsCallerCanStillCancel()
    {
        foreach (LocalNode from in _cluster.Nodes)
        {
            TravellerRef wire = await TravellerAsync(from);
            await wire.Where().Within();
            await MoveAsync(wire, Two);
            using var cancellation = new CancellationTokenSource();
            Task<string> waiting = wire.Cancellable(cancellation.Token).AsTask();
            await SuspendedAsync(wire);
            await MoveAsync(wire, One);
            await MoveAsync(wire, Three);
            await cancellation.CancelAsync();
            Assert.Equal($"True {Three.Name}", await waiting.Within());
        }
    }

    [Fact]
    public async Task ItCanStillCancelWhatItHasCalled()
    {
        TravellerRef wire = await TravellerAsync(One);
        TravellerRef other = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Three);
        using var cancellation = new CancellationTokenSource();
        Task<string> waiting = wire.PassOn(other, cancellation.Token).AsTask();
        await SuspendedAsync(other);
        await MoveAsync(wire, One);
        await cancellation.CancelAsync();
        Assert.Equal($"True {Three.Name} {One.Name}", await waiting.Within());
    }

    [Fact]
    public async Task WhoComesRoundItsChainIsLetInWhereverItIs()
    {
        TravellerRef wire = await TravellerAsync(One);
        TravellerRef other = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Three);
        foreach ((TravellerRef mover, LocalNode to) in new[] { (wire, One), (other, Two), (wire, Three) })
        {
            Task<string> waiting = wire.Round(other, wire).AsTask();
            await SuspendedAsync(other);
            await MoveAsync(mover, to);
            string where = (await One.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within())!;
            Assert.Equal($"{where} {where}", await waiting.Within());
        }
    }

    [Fact]
    public async Task CallersOnTheSameNodeAreAnsweredThoughEitherMoves()
    {
        TravellerRef sleeper = (await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two, 2))[1];
        TravellerRef wire = await TravellerAsync(One);
        foreach ((TravellerRef mover, LocalNode to) in new[] { (sleeper, One), (wire, Three), (sleeper, Three), (wire, Two), (sleeper, Two) })
        {
            // The second time by the short way, on the caller's stack.
            for (int i = 0; i < 2; i++)
            {
                Task<int> waiting = wire.AskSleeper(sleeper, 150, 5).AsTask();
                await SuspendedAsync(sleeper);
                await MoveAsync(mover, to);
                Assert.Equal(6, await waiting.Within());
            }
        }
    }

    [Fact]
    public async Task WhatCannotTravelIsNamed()
    {
        TravellerRef wire = await TravellerAsync(One);
        string message = await wire.Stuck(Three.Name).Within();
        Assert.Contains("Local 'stream' of Traveller.Stuck", message, StringComparison.Ordinal);
        Assert.Contains("MemoryStream", message, StringComparison.Ordinal);
        Assert.Equal(Two.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task WhatWasAwaitedAlreadyKeepsNothingBack()
    {
        TravellerRef wire = await TravellerAsync(One);
        string seen = await wire.Spent(await InnAsync(One, Three), Three.Name).Within();
        Assert.StartsWith($"38 {Three.Name} This ValueTask was awaited before.", seen, StringComparison.Ordinal);
        Assert.Contains("This WireTask was awaited before.", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMethodThatHasFailedAndWasNotAwaitedFailsThere()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"failed {Three.Name}", await wire.FailedBefore(Three.Name).Within());
    }

    [Fact]
    public async Task VariablesOfAbstractClassesAndTablesGoAlong()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"3 4 True 3 5 {Three.Name}", await wire.Kinds(Three.Name).Within());
    }

    [Fact]
    public async Task AnExceptionIsOneWhateverItsVariablesSay()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal($"one True {Three.Name}", await wire.OneException(Three.Name).Within());
    }

    [Fact]
    public async Task ALambdaInALoopIsMadeAgain()
    {
        TravellerRef wire = await TravellerAsync(One);
        string stayed = await wire.LambdaInALoop(Two.Name).Within();
        Assert.Equal(stayed.Replace(Two.Name, Three.Name, StringComparison.Ordinal), await wire.LambdaInALoop(Three.Name).Within());
    }

    [Fact]
    public async Task ACallThatComesBackRoundItsChainIsLetInWhereTheWireIsByThen()
    {
        foreach (LocalNode[] way in new LocalNode[][] { [Three], [Three, Two], [One, Three, Two] })
        {
            // Beside the wire when it is called, so that nothing has named the chain to another node yet.
            TravellerRef wire = await TravellerAsync(One);
            InnRef inn = await InnAsync(One, Two);
            Task<int> asked = wire.AskedBack(inn, wire).AsTask();
            await SuspendedAsync(wire);
            foreach (LocalNode to in way)
            {
                await MoveAsync(wire, to);
            }

            Assert.Equal(7, await asked.Within());
        }
    }

    [Fact]
    public async Task SeveralMethodsMayMoveItAtOnce()
    {
        TravellerRef wire = await TravellerAsync(One);
        Assert.Equal(Three.Name, await wire.MoveTogether(Three.Name).Within());
    }

    private Task<TravellerRef> TravellerAsync(LocalNode from) => Clusters.HomedAsync<TravellerRef>(_cluster, from, Two);

    private Task<InnRef> InnAsync(LocalNode from, LocalNode home) => Clusters.HomedAsync<InnRef>(_cluster, from, home);

    private async Task MoveAsync(TravellerRef wire, LocalNode to) => await One.Wires.MigrateAsync(wire.Id, to.Name, TestContext.Current.CancellationToken).Within($"the wire does not move to {to.Name}");

    private Task SuspendedAsync(TravellerRef wire) => Clusters.SuspendedAsync(_cluster, wire);
}
