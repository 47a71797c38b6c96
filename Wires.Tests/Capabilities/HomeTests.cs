using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Capabilities;

/// <summary>A <see cref="HomeAttribute"/> interface is served where its wire came to life, wherever the wire is.</summary>
public sealed class HomeTests : IAsyncLifetime
{
    private readonly Probe _probe = new();
    private string? _nextName;
    private LocalCluster _cluster = null!;

    private LocalNode One => _cluster.Nodes[0];

    private LocalNode Two => _cluster.Nodes[1];

    private LocalNode Three => _cluster.Nodes[2];

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(3, wires => wires.NodeName = _nextName ?? wires.NodeName, node =>
    {
        node.Services.AddSingleton(new Place(node.Name, _probe));
        node.Services.AddSingleton<IPlace>(static services => services.GetRequiredService<Place>());
        node.Services.AddSingleton<ISilence>(static services => services.GetRequiredService<Place>());
    }, shortLeases: true);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync().Within("the cluster does not stop");

    [Fact]
    public async Task AWireIsServedByItsHomeWhereverItMoves()
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two);
        Assert.Equal(Two.Name, await wire.Name().Within());
        foreach (LocalNode to in new[] { Three, One, Two, One })
        {
            await MoveAsync(wire, to);
            Assert.Equal(to.Name, await wire.Where().Within());
            Assert.Equal(Two.Name, await wire.Home().Within());
            Assert.Equal(Two.Name, await wire.Name().Within());
        }
    }

    [Fact]
    public async Task ItsHomeIsWhereItCameToLifeAlsoWhenItsSlotHasMoved()
    {
        TravellerRef[] wires = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two, 50);
        foreach (TravellerRef wire in wires)
        {
            await wire.Seven().Within();
        }

        // Takes a share of all slots.
        LocalNode joined = await _cluster.AddAsync(TestContext.Current.CancellationToken).Within();
        await Clusters.SettledAsync(_cluster);
        Assert.Contains(wires, wire => joined.Inner.Cluster!.Member!.StateOf(Clusters.HandleOf(wire).Slot) == Wires.Cluster.SlotState.Ready);
        foreach (TravellerRef wire in wires)
        {
            Assert.Equal(Two.Name, await wire.Name().Within());
        }
    }

    [Fact]
    public async Task NothingIsSerializedAtHome()
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two);
        Assert.True(await wire.GetsItsOwnPassBack().Within());
        await MoveAsync(wire, Three);
        Assert.False(await wire.GetsItsOwnPassBack().Within());
        await MoveAsync(wire, Two);
        Assert.True(await wire.GetsItsOwnPassBack().Within());
    }

    [Fact]
    public async Task ArgumentsAndResultsAreCopiesAtHomeAsAfar()
    {
        TravellerRef wire = await StartAsync(isAway: false);
        foreach (LocalNode at in new[] { Two, Three })
        {
            await MoveAsync(wire, at);
            int[] doubled = await wire.Twice([1, 2]).Within();
            Assert.Equal([1, 2, 6], doubled);
            List<int> unchanged = await wire.ChangeList().Within();
            Assert.Equal([1, 2], unchanged);
        }
    }

    [Fact]
    public async Task CallsOfAWireKeepTheirOrderAcrossItsMoves()
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two);
        for (int i = 0; i < 20; i++)
        {
            await wire.Note(50).Within();
            await MoveAsync(wire, _cluster.Nodes[i % 3]);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{Two.Name} {wire.Id.Key} {i}"), _probe.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancellationTravels(bool isAway)
    {
        TravellerRef wire = await StartAsync(isAway);
        using var cancellation = new CancellationTokenSource();
        Task call = wire.Wait("gate", cancellation.Token).AsTask();
        await _probe.Reached($"{Two.Name} waits for gate");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        await _probe.Reached($"{Two.Name} gives gate up");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACallThatWaitsHoldsUpNoOther(bool isAway)
    {
        TravellerRef wire = await StartAsync(isAway);
        Task call = wire.Wait("gate", TestContext.Current.CancellationToken).AsTask();
        await _probe.Reached($"{Two.Name} waits for gate");
        Assert.Equal(Two.Name, await wire.NameMeanwhile().Within());
        _probe.Open("gate");
        await call.Within();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ADeadlineHolds(bool isAway)
    {
        TravellerRef wire = await StartAsync(isAway);
        WireTimeoutException timeout = await Assert.ThrowsAsync<WireTimeoutException>(() => wire.Silence().Within());
        Assert.Contains(wire.Id.ToString(), timeout.Message, StringComparison.Ordinal);
        Assert.Contains("WaitAsync()", timeout.Message, StringComparison.Ordinal);
        Assert.Contains("[Home(CallTimeout = ...)]", timeout.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFailureOfTheServiceReachesTheWire(bool isAway)
    {
        TravellerRef wire = await StartAsync(isAway);
        Assert.Equal("because", (await Assert.ThrowsAsync<ArgumentException>(() => wire.Fail("because").Within())).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AServiceMayCallTheWireBack(bool isAway)
    {
        TravellerRef wire = await StartAsync(isAway);
        Assert.Equal(8, await wire.AskBack().Within());
    }

    [Fact]
    public async Task AHomeThatIsGoneIsNamedAndTheWireMaySettleElsewhere()
    {
        TravellerRef wire = await StartAsync(isAway: true);
        string home = Two.Name;
        await _cluster.CrashAsync(Two).Within();
        WireUnreachableException gone = await Assert.ThrowsAsync<WireUnreachableException>(() => wire.Name().Within());
        foreach (string part in new[] { wire.Id.ToString(), "NameAsync()", typeof(IPlace).FullName!, home, "Wire.Settle()" })
        {
            Assert.Contains(part, gone.Message, StringComparison.Ordinal);
        }

        await wire.Settle().Within();
        Assert.Equal(await wire.Where().Within(), await wire.Name().Within());
    }

    [Fact]
    public async Task ANodeOfTheSameNameIsTheSameHome()
    {
        TravellerRef wire = await StartAsync(isAway: true);
        _nextName = Two.Name;
        await _cluster.CrashAsync(Two).Within();
        LocalNode again = await _cluster.AddAsync(TestContext.Current.CancellationToken).Within();
        Assert.Equal(again.Name, await wire.Name().Within());
        Assert.Equal(_nextName, await wire.Home().Within());
    }

    [Fact]
    public async Task AWireThatComesToLifeAnewHasItsHomeThere()
    {
        TravellerRef wire = await StartAsync(isAway: true);
        await wire.Name().Within();
        LocalNode host = Three;
        await _cluster.CrashAsync(Two).Within();
        await Clusters.SettledAsync(_cluster);
        await _cluster.CrashAsync(host).Within();
        Assert.Equal(One.Name, await Clusters.RetryAsync(wire.Home).Within());
        Assert.Equal(One.Name, await wire.Name().Within());
    }

    [Fact]
    public async Task ACallUnderWayWhenTheHomeIsLostFailsAndSaysSo()
    {
        TravellerRef wire = await StartAsync(isAway: true);
        Task call = wire.Wait("gate", TestContext.Current.CancellationToken).AsTask();
        await _probe.Reached($"{Two.Name} waits for gate");
        string home = Two.Name;
        await _cluster.CrashAsync(Two).Within();
        WireUnreachableException lost = await Assert.ThrowsAsync<WireUnreachableException>(() => call.Within());
        foreach (string part in new[] { wire.Id.ToString(), "WaitAsync(string,System.Threading.CancellationToken)", typeof(IPlace).FullName!, home, "may have run" })
        {
            Assert.Contains(part, lost.Message, StringComparison.Ordinal);
        }

        Assert.False(lost.IsRefused);
    }

    [Fact]
    public async Task AHomeThatLeavesServesToTheEndAndIsNamedThen()
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two);
        await wire.Name().Within();
        LocalNode home = Two;
        Task stop = _cluster.StopAsync(home, TestContext.Current.CancellationToken);
        WireUnreachableException gone;
        while (true)
        {
            try
            {
                Assert.Equal(home.Name, await wire.Name().Within());
            }
            catch (WireUnreachableException e)
            {
                gone = e;
                break;
            }
        }

        await stop.Within();
        Assert.Contains($"node {home.Name}", gone.Message, StringComparison.Ordinal);
        Assert.NotEqual(home.Name, await wire.Where().Within());
    }

    [Fact]
    public async Task ADeputyStaysAndKeepsNobodyFromLeaving()
    {
        TravellerRef wire = await StartAsync(isAway: true);
        await wire.Name().Within();
        var deputy = new WireId(typeof(IPlace).FullName!, new WireKey($"{Two.Name}/{wire.Id}"));
        Assert.Equal(Two.Name, await One.Wires.WhereAsync(deputy, TestContext.Current.CancellationToken).Within());
        Assert.Equal(PinKind.Deputy, (await One.Wires.WhyAsync(deputy, TestContext.Current.CancellationToken).Within()).Kind);
        WireMigrationException refused = await Assert.ThrowsAsync<WireMigrationException>(() => One.Wires.MigrateAsync(deputy, Three.Name, TestContext.Current.CancellationToken).Within());
        Assert.Contains("[Home]", refused.Message, StringComparison.Ordinal);
        await _cluster.DrainAsync(Two, TestContext.Current.CancellationToken).Within();
    }

    [Fact]
    public async Task AWireWhoseHomeLacksTheServiceDoesNotComeToLife()
    {
        WireActivationException missing = await Assert.ThrowsAsync<WireActivationException>(() => One.Wires.Get<BeggarRef>("b").Beg().Within());
        Assert.Contains(typeof(IMissing).FullName!, missing.Message, StringComparison.Ordinal);
    }

    private async Task<TravellerRef> StartAsync(bool isAway)
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, Two);
        await wire.Seven().Within();
        if (isAway)
        {
            await MoveAsync(wire, Three);

            // From here on calls go straight there, not by the node that may be lost.
            Assert.Equal(Three.Name, await wire.Where().Within());
        }

        return wire;
    }

    private Task MoveAsync(TravellerRef wire, LocalNode to) => One.Wires.MigrateAsync(wire.Id, to.Name, TestContext.Current.CancellationToken).Within();
}
