using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Calls from one node to another mean what they mean within one.</summary>
public sealed class RemoteCallTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;
    private LocalNode _near = null!;
    private LocalNode _far = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Clusters.StartAsync(2);
        _near = _cluster.Nodes[0];
        _far = _cluster.Nodes[1];
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync().Within("the cluster does not stop");

    [Fact]
    public async Task AWireIsReachedFromEveryNodeWhereverItLives()
    {
        RemoteRef[] wires = [.. await RefsAsync(5), .. await Clusters.HomedAsync<RemoteRef>(_cluster, _far, _near, 5)];
        foreach (RemoteRef wire in wires)
        {
            string home = await wire.Where().Within();
            await wire.Add(1).Within();
            foreach (LocalNode node in _cluster.Nodes)
            {
                Assert.True(wire.Id.Key.TryGetString(out string? key));
                RemoteRef same = node.Wires.Get<RemoteRef>(key);
                Assert.Equal(home, await same.Where().Within());
                Assert.Equal(1, await same.Sum().Within());
            }
        }
    }

    [Fact]
    public async Task ArgumentsAndResultsAreCopies()
    {
        RemoteRef wire = await RefAsync();
        var basket = new Basket { Owner = "me", Items = [1] };
        Basket back = await wire.Put(basket, 2).Within();
        Assert.Equal([1], basket.Items);
        Assert.Equal([1, 2], back.Items);
        Assert.Equal("me", back.Owner);
    }

    [Fact]
    public async Task LargeArgumentsArriveWhole()
    {
        RemoteRef wire = await RefAsync();
        byte[] bytes = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        Assert.Equal(bytes, await wire.Echo(bytes).Within());
    }

    [Fact]
    public async Task ACallOverTheFrameLimitIsRefusedAndHarmsNoOther()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(2, static options => options.Cluster.MaxFrameBytes = 1024 * 1024);
        RemoteRef wire = await Clusters.HomedAsync<RemoteRef>(cluster, cluster.Nodes[0], cluster.Nodes[1]);
        Task<int> before = wire.Add(1).AsTask();
        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await wire.Echo(new byte[2 * 1024 * 1024]).Within());
        Assert.Contains("MaxFrameBytes", refusal.Message, StringComparison.Ordinal);
        Assert.True(IsNothingUnderWay(), "the refused call counts as under way: whoever reuses its object would fail with the connection");
        Assert.Equal(1, await before.Within());
        Assert.Equal(2, await wire.Add(1).Within());
    }

    [Fact]
    public async Task AFailureArrivesAsItselfWithTheStackOfItsNode()
    {
        RemoteRef wire = await RefAsync();
        ArgumentOutOfRangeException e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await wire.Fail("amount").Within());
        Assert.Equal("amount", e.ParamName);
        Assert.StartsWith("wrong", e.Message, StringComparison.Ordinal);
        Assert.Contains($"on node {_far.Name}", e.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureOfAnUnknownClassArrivesWithItsName()
    {
        RemoteRef wire = await RefAsync();
        WireCallException e = await Assert.ThrowsAsync<WireCallException>(async () => await wire.FailLater().Within());
        Assert.Equal("System.IO.InvalidDataException", e.ExceptionType);
        Assert.Contains("nobody knows this class", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsRefused);
    }

    [Fact]
    public async Task OneWayCallsRunInTheirOrderAndBeforeALaterAsk()
    {
        RemoteRef wire = await RefAsync();
        for (int i = 0; i < 20_000; i++)
        {
            await wire.Note(i).Within();
        }

        Assert.Equal(Enumerable.Range(0, 20_000), await wire.Noted().Within());
    }

    [Fact]
    public async Task ManyCallersAreAnsweredEachWithItsOwnResult()
    {
        RemoteRef[] wires = await RefsAsync(20);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                byte[] sent = BitConverter.GetBytes((caller * 1000) + i);
                Assert.Equal(sent, await wires[(caller + i) % wires.Length].Echo(sent));
            }
        }))).Within("not all calls are answered");
    }

    [Fact]
    public async Task ACallThatComesBackRoundItsChainOverOtherNodesIsLetIn()
    {
        RemoteRef far = await RefAsync();
        RemoteRef near = await Clusters.HomedAsync<RemoteRef>(_cluster, _near, _near);
        Assert.Equal(8, await near.Round([near, far], 7).Within());
        Assert.Equal(8, await far.Round([near, far], 7).Within());
    }

    [Fact]
    public async Task AWireAsksAWireOfAnotherNode()
    {
        RemoteRef far = await RefAsync();
        RemoteRef near = await Clusters.HomedAsync<RemoteRef>(_cluster, _near, _near);
        Assert.Equal(3, await near.AskTwice(far).Within());
    }

    [Fact]
    public async Task ACancelledCallEndsAtItsNode()
    {
        RemoteRef wire = await RefAsync();
        using var source = new CancellationTokenSource();
        Task<string> waiting = wire.Wait(source.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting.Within());
        Assert.Equal(1, await wire.Add(1).Within());
    }

    [Fact]
    public async Task ADeadlineSaysWhoWaitedForWhat()
    {
        RemoteRef wire = await RefAsync();
        WireTimeoutException e = await Assert.ThrowsAsync<WireTimeoutException>(async () => await wire.WithTimeout(TimeSpan.FromMilliseconds(300)).Wait(CancellationToken.None).Within());
        Assert.Contains($"it lives on node {_far.Name}", e.Message, StringComparison.Ordinal);
        Assert.Contains("Wait(", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamArrivesWholeAndInOrder()
    {
        RemoteRef wire = await RefAsync();
        var items = new List<int>();
        await foreach (int item in wire.Count(1000, TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 1000), items);
    }

    [Fact]
    public async Task AStreamThatIsLeftEndsItsMethodAndFreesTheWire()
    {
        RemoteRef wire = await RefAsync();
        await foreach (int item in wire.Count(1_000_000, TestContext.Current.CancellationToken))
        {
            if (item == 10)
            {
                break;
            }
        }

        Assert.Equal(1, await wire.Add(1).Within());
    }

    [Fact]
    public async Task AStreamsFailureComesAfterItsItems()
    {
        RemoteRef wire = await RefAsync();
        var items = new List<int>();
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (int item in wire.Broken())
            {
                items.Add(item);
            }
        });
        Assert.Equal([1], items);
    }

    [Fact]
    public async Task AOneWayCallWithATokenLeavesNothingBehindAtItsNode()
    {
        RemoteRef wire = await RefAsync();
        using var source = new CancellationTokenSource();
        for (int i = 0; i < 3; i++)
        {
            await wire.NoteUnlessCancelled(i, source.Token).Within();
        }

        int[] noted = await wire.Noted().Within();
        Assert.Equal([0, 1, 2], noted);
        await source.CancelAsync();
        bool[] tokens = await wire.Tokens().Within();
        Assert.Equal([false, false, false], tokens);
    }

    /// <summary>Whether no call of this class waits for another node.</summary>
    private static bool IsNothingUnderWay()
    {
        foreach (Wires.Infrastructure.Ask? call in Wires.Remoting.CallTable.All)
        {
            if (call is { RemoteState: not 0 } && call.CalledMethod.Name == nameof(Remote.Echo) && call.Handle is null)
            {
                return false;
            }
        }

        return true;
    }

    private Task<RemoteRef> RefAsync() => Clusters.HomedAsync<RemoteRef>(_cluster, _near, _far);

    private Task<RemoteRef[]> RefsAsync(int count) => Clusters.HomedAsync<RemoteRef>(_cluster, _near, _far, count);
}
