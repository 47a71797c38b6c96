using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Delays, ticks, and turns for others.</summary>
public sealed class TimerTests
{
    [Fact]
    public async Task ADelayEndsByTheNodesTime()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SleeperRef>();
        Task<int> slept = wire.Sleep(TimeSpan.FromSeconds(10), times: 2).AsTask();
        await node.Probe.Reached("sleep 0");
        await node.Settled(wire);
        node.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        await node.Settled(wire);
        Assert.False(slept.IsCompleted);
        node.Time.Advance(TimeSpan.FromTicks(1));
        await node.Probe.Reached("sleep 1");
        await node.Settled(wire);
        node.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, await slept.Within());
    }

    [Fact]
    public async Task ADelayOfNothingIsOverAtOnceAndANegativeOneIsRefused()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SleeperRef>();
        Assert.Equal(1, await wire.Sleep(TimeSpan.Zero, 1).Within());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wire.Sleep(TimeSpan.FromSeconds(-2), 1).Within());
    }

    [Fact]
    public async Task ADelayWorksInATaskMethodToo()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SleeperRef>();
        Task<int> slept = wire.SleepInTask(TimeSpan.FromSeconds(1)).AsTask();
        await node.Probe.Reached("sleep");
        await node.Settled(wire);
        node.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await slept.Within());
    }

    [Fact]
    public async Task TicksComeOncePerPeriodUntilTheWireLeaves()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<MetronomeRef>();
        await wire.Wake().Within();
        for (int i = 1; i <= 3; i++)
        {
            node.Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
            await node.Settled(wire);
            Assert.Equal(i - 1, node.Probe.Counted("tick"));
            node.Time.Advance(TimeSpan.FromTicks(1));
            await node.Probe.Reached($"tick {i}");
            await node.Settled(wire);
        }

        await node.Node.StopAsync(CancellationToken.None).Within();
        int timers = node.Time.ArmedTimers;
        node.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(3, node.Probe.Counted("tick"));
        Assert.Equal(0, timers);
    }

    [Fact]
    public async Task AYieldingWireLeavesRoomForOthers()
    {
        await using TestNode node = TestNode.Create();
        int wires = Environment.ProcessorCount + 2;
        Task[] yielding = [.. Enumerable.Range(0, wires).Select(i => node.Get<SleeperRef>($"s{i}").YieldUntil("stop").AsTask())];

        // More wires than processors loop for ever, and still others are served.
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(1, await node.Get<SleeperRef>($"other {i}").Sleep(TimeSpan.Zero, 1).Within());
        }

        node.Probe.Note("stop");
        await Task.WhenAll(yielding).Within();
    }
}

[Wire]
public partial class Sleeper(Probe probe)
{
    public async WireTask<int> Sleep(TimeSpan delay, int times)
    {
        int slept = 0;
        for (; slept < times; slept++)
        {
            probe.Note($"sleep {slept}");
            await Wire.Delay(delay);
        }

        return slept;
    }

    public async Task<int> SleepInTask(TimeSpan delay)
    {
        probe.Note("sleep");
        await Wire.Delay(delay);
        return 1;
    }

    public async WireTask YieldUntil(string note)
    {
        while (!probe.Notes.Contains(note))
        {
            await Wire.Yield();
        }
    }
}

[Wire]
public partial class Metronome(Probe probe)
{
    public void Wake()
    {
    }

    [Every("00:00:02")]
    private void Tick()
    {
        probe.Count("tick");
        probe.Note($"tick {probe.Counted("tick")}");
    }
}
