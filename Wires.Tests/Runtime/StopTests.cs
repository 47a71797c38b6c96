#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A node that stops finishes what it has accepted.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AStoppingNodeFinishesWhatItHasAcceptedAndRefusesTheRest(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LeaverRef a = node.Get<LeaverRef>("a"), b = node.Get<LeaverRef>("b");
        await b.Touch().Within();
        Task<string> accepted = a.HoldThenAsk(b, node.Wires.Get<LeaverRef>("new"), "held").AsTask();
        await node.Probe.Reached("held");
        Task<string> waiting = a.Touch().AsTask();
        Task stop = node.Node.StopAsync(CancellationToken.None);
        await Waits.Until(() => node.Node.IsStopping);
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await b.Touch());
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await b.Tell());
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await node.Get<LeaverRef>("unborn").Touch());
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await node.Get<LeaverRef>("unborn").Tell());
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await b.Stream().FirstAsync(TestContext.Current.CancellationToken));
        Assert.False(stop.IsCompleted);
        node.Probe.Open("held");

        // Its chain goes on, to wires that are alive and to one that is not yet, and through a delay.
        await node.Probe.Reached("delaying");
        await Waits.Until(() => { node.Time.Advance(TimeSpan.FromMilliseconds(500)); return accepted.IsCompleted; }, "the delay to end");
        Assert.Equal("b new", await accepted.Within());
        Assert.Equal("a", await waiting.Within());
        await stop.Within();
        Assert.Equal(["a Stopping", "b Stopping", "new Stopping"], node.Probe.Notes.Where(static note => note.EndsWith("Stopping", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(0, node.Node.WireCount);
        var e = await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await b.Touch());
        Assert.Contains("test", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AfterTheStopTimeoutWaitersAreTold(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, static options => options.StopTimeout = TimeSpan.FromSeconds(5));
        var wire = node.Get<LeaverRef>("a");
        Task<string> suspended = wire.HoldThenAsk(wire, wire, "held").AsTask();
        await node.Probe.Reached("held");
        Task<string> waiting = wire.Touch().AsTask();
        Task stop = node.Node.StopAsync(CancellationToken.None);
        await Waits.Until(() => node.Log.Of("Stopping").Count == 1);
        await Waits.Until(() => { node.Time.Advance(TimeSpan.FromSeconds(1)); return stop.IsCompleted; });
        await stop.Within();
        await Assert.ThrowsAsync<WireNodeStoppedException>(() => suspended.Within());
        await Assert.ThrowsAsync<WireNodeStoppedException>(() => waiting.Within());
        var entry = Assert.Single(node.Log.Of("StoppedBusy"));
        Assert.Contains("Leaver/a", entry.Message, StringComparison.Ordinal);

        // What still continues the abandoned method does no harm.
        node.Probe.Open("held");
    }

    [Fact]
    public async Task AStopEndsThoughATurnDoesNot()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<LeaverRef>("a");
        Task blocked = wire.Block("blocked").AsTask();
        await node.Probe.Reached("blocked");
        await node.Node.StopAsync(new CancellationToken(canceled: true)).Within();
        await Assert.ThrowsAsync<WireNodeStoppedException>(() => blocked.Within());
        node.Probe.Unblock("blocked");
    }

    [Fact]
    public async Task AWireMayCallOthersWhileItLeaves()
    {
        await using TestNode node = TestNode.Create();
        var heir = node.Get<HeirRef>();
        Assert.Equal(0, await heir.Count().Within());
        for (int i = 0; i < 20; i++)
        {
            await node.Get<TestatorRef>($"t{i}").Touch().Within();
        }

        await node.Node.StopAsync(CancellationToken.None).Within();

        // Each has either reached it or was told that it had left: none waits for ever.
        Assert.Equal(20, node.Probe.Counted("inherited") + node.Probe.Counted("too late"));
        Assert.Equal(0, node.Node.WireCount);
    }

    [Fact]
    public async Task TwoStopsAreOne()
    {
        await using TestNode node = TestNode.Create();
        await node.Get<LeaverRef>().Touch().Within();
        await Task.WhenAll(node.Node.StopAsync(CancellationToken.None), node.Node.StopAsync(CancellationToken.None)).Within();
        Assert.Single(node.Log.Of("Stopped"));
    }
}

[Wire]
public partial class Leaver(Probe probe) : IDetaching
{
    public string Touch() => Wire.Self.Key.ToString();

    [OneWay]
    public void Tell() => probe.Note("told");

    public async IAsyncEnumerable<int> Stream()
    {
        await Task.Yield();
        yield return 1;
    }

    public void Block(string name) => probe.Block(name);

    public async WireTask<string> HoldThenAsk(LeaverRef first, LeaverRef second, string gate)
    {
        probe.Note(gate);
        await probe.Gate(gate);
        string answer = await first.Touch();
        probe.Note("delaying");
        await Wire.Delay(TimeSpan.FromSeconds(1));
        return $"{answer} {await second.Touch()}";
    }

    public WireTask OnDetaching(DetachReason reason)
    {
        probe.Note($"{Wire.Self.Key} {reason}");
        return WireTask.CompletedTask;
    }
}

[Wire]
public partial class Heir(Probe probe)
{
    private int _count;

    public int Count() => _count;

    public void Inherit()
    {
        _count++;
        probe.Count("inherited");
    }
}

[Wire]
public partial class Testator(Probe probe, IWires wires) : IDetaching
{
    public void Touch()
    {
    }

    public async WireTask OnDetaching(DetachReason reason)
    {
        try
        {
            await wires.Get<HeirRef>("a").Inherit();
        }
        catch (WireNodeStoppedException)
        {
            probe.Count("too late");
        }
    }
}
