#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Mailboxes are bounded, and nothing is dropped silently.</summary>
public sealed class OverloadTests
{
    private const int Capacity = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnAskIsRefusedWhenExactlyTheCapacityWaits(bool suspended)
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = Capacity);
        var wire = node.Get<BusyRef>();
        Task busy = suspended ? wire.Hold("busy").AsTask() : wire.Block("busy").AsTask();
        await node.Probe.Reached("busy");
        List<Task<int>> accepted = [];
        for (int i = 0; i < Capacity; i++)
        {
            accepted.Add(wire.Echo(i).AsTask());
            if (suspended)
            {
                await node.Settled(wire);
            }
        }

        var e = await Assert.ThrowsAsync<WireOverloadedException>(() => wire.Echo(99).Within());
        Assert.Contains("Echo(int)", e.Message, StringComparison.Ordinal);
        Assert.Contains("Busy/a", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{Capacity} calls wait", e.Message, StringComparison.Ordinal);
        Assert.Contains("refused: Echo(int)", await node.Get<BusyUserRef>().Ask(wire).Within(), StringComparison.Ordinal);
        node.Probe.Open("busy");
        node.Probe.Unblock("busy");
        await busy.Within();
        Assert.Equal(Enumerable.Range(0, Capacity), await Task.WhenAll(accepted).Within());
        Assert.Equal(7, await wire.Echo(7).Within());
        Assert.Equal(Capacity + 1, await wire.Count().Within());
    }

    [Fact]
    public async Task AClassSetsItsOwnCapacity()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<NarrowRef>();
        Task busy = wire.Block("busy").AsTask();
        await node.Probe.Reached("busy");
        Task first = wire.Touch().AsTask();
        Task second = wire.Touch().AsTask();
        await Assert.ThrowsAsync<WireOverloadedException>(() => wire.Touch().Within());
        node.Probe.Unblock("busy");
        await Task.WhenAll(busy, first, second).Within();
    }

    [Fact]
    public async Task AOneWayCallWaitsForRoomInOrder()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = Capacity);
        var wire = node.Get<BusyRef>();
        Task busy = wire.Block("busy").AsTask();
        await node.Probe.Reached("busy");
        List<Task> sent = [.. Enumerable.Range(0, 4 * Capacity).Select(i => wire.Tell(i).AsTask())];
        Assert.All(sent.Take(Capacity), static task => Assert.True(task.IsCompletedSuccessfully));
        Assert.All(sent.Skip(Capacity), static task => Assert.False(task.IsCompleted));
        node.Probe.Unblock("busy");
        await Task.WhenAll(sent.Append(busy)).Within();
        await node.Probe.Reached($"told {(4 * Capacity) - 1}");
        Assert.Equal(Enumerable.Range(0, 4 * Capacity).Select(static i => $"told {i}"), node.Probe.Notes.Skip(1));
    }

    [Fact]
    public async Task AOneWayCallThatFindsNoRoomInTimeThrowsAndNeverRuns()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = 1);
        var wire = node.Get<BusyRef>();
        Task busy = wire.WithTimeout(TimeSpan.FromMinutes(9)).Block("busy").AsTask();
        await node.Probe.Reached("busy");
        await wire.Tell(1).Within();
        Task late = wire.WithTimeout(TimeSpan.FromSeconds(5)).Tell(2).AsTask();
        Task patient = wire.WithTimeout(TimeSpan.FromSeconds(50)).Tell(3).AsTask();
        using var source = new CancellationTokenSource();
        Task cancelled = wire.TellCancellable(4, source.Token).AsTask();
        node.Time.Advance(TimeSpan.FromSeconds(6));
        var e = await Assert.ThrowsAsync<WireOverloadedException>(() => late.Within());
        Assert.Contains("Tell(int)", e.Message, StringComparison.Ordinal);
        Assert.Contains("5 s", e.Message, StringComparison.Ordinal);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Within());
        node.Probe.Unblock("busy");
        await Task.WhenAll(busy, patient).Within();
        await node.Probe.Reached("told 3");
        Assert.Equal(["busy", "told 1", "told 3"], node.Probe.Notes);
    }

    [Fact]
    public async Task AnswersContinuationsAndTicksAreNotBounded()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = 1);
        var wire = node.Get<BusyRef>();
        var hub = node.Get<BusyUserRef>();

        // Twenty answers and continuations come back to a wire whose mailbox holds one call.
        Task<int> gathered = hub.Gather([.. Enumerable.Range(0, 20).Select(i => node.Get<BusyRef>($"b{i}"))]).AsTask();
        await node.Probe.Reached("gathering");
        await node.Settled(hub);
        Task<string> waiting = hub.Ask(wire).AsTask();
        await node.Settled(hub);
        await Assert.ThrowsAsync<WireOverloadedException>(() => hub.Ask(wire).Within());
        node.Probe.Open("gather");
        Assert.Equal(20, await gathered.Within());
        Assert.Equal("answered", await waiting.Within());

        var ticker = node.Get<NarrowTickerRef>();
        Task busy = ticker.Block("ticker busy").AsTask();
        await node.Probe.Reached("ticker busy");
        Task filling = ticker.Touch().AsTask();
        await Assert.ThrowsAsync<WireOverloadedException>(() => ticker.Touch().Within());
        node.Time.Advance(TimeSpan.FromSeconds(1));
        node.Probe.Unblock("ticker busy");
        await Task.WhenAll(busy, filling).Within();
        await node.Probe.Reached("ticked");
    }

    [Theory]
    [InlineData(CallMode.Inlined, 3)]
    [InlineData(CallMode.Queued, 3)]
    [InlineData(CallMode.Queued, 64)]
    public async Task EveryCallIsAnsweredRefusedOrRun(CallMode mode, int capacity)
    {
        await using TestNode node = TestNode.Create(mode, options => options.MailboxCapacity = capacity, realTime: true);
        var wire = node.Get<BusyRef>();
        int[] ran = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            int count = 0;
            List<Task<int>> asks = [];
            for (int n = 0; n < 1_000; n++)
            {
                if (n % 3 == 0)
                {
                    await wire.Tell(-1);
                    count++;
                }
                else
                {
                    asks.Add(wire.Echo(n).AsTask());
                }
            }

            foreach (Task<int> ask in asks)
            {
                try
                {
                    await ask;
                    count++;
                }
                catch (WireOverloadedException)
                {
                }
            }

            return count;
        }))).Within();
        await Waits.Until(() => node.Find(wire) is { IsAtRest: true });
        Assert.Equal(ran.Sum(), await wire.Count().Within());
    }
}

[Wire]
public partial class Busy(Probe probe)
{
    private int _count;

    public int Echo(int value)
    {
        _count++;
        return value;
    }

    [OneWay]
    public void Tell(int value)
    {
        _count++;
        if (value >= 0)
        {
            probe.Note($"told {value}");
        }
    }

    [OneWay]
    public void TellCancellable(int value, CancellationToken cancellation)
    {
        _ = cancellation;
        Tell(value);
    }

    public void Block(string name) => probe.Block(name);

    public async WireTask Hold(string name)
    {
        probe.Note(name);
        await probe.Gate(name);
    }

    public int Count() => _count;
}

[Wire]
public partial class BusyUser(Probe probe)
{
    public async WireTask<string> Ask(BusyRef wire)
    {
        try
        {
            await wire.Echo(1);
            return "answered";
        }
        catch (WireOverloadedException e)
        {
            return "refused: " + e.Message[(e.Message.IndexOf("so ", StringComparison.Ordinal) + 3)..];
        }
    }

    public async WireTask<int> Gather(BusyRef[] wires)
    {
        List<ValueTask> holds = [.. wires.Select(static wire => wire.Hold("gather"))];
        probe.Note("gathering");
        foreach (ValueTask hold in holds)
        {
            await hold;
        }

        return holds.Count;
    }
}

[Wire(MailboxCapacity = 2)]
public partial class Narrow(Probe probe)
{
    public void Block(string name) => probe.Block(name);

    public void Touch()
    {
    }
}

[Wire(MailboxCapacity = 1)]
public partial class NarrowTicker(Probe probe)
{
    public void Block(string name) => probe.Block(name);

    public void Touch()
    {
    }

    [Every("00:00:01")]
    private void Tick() => probe.Note("ticked");
}
