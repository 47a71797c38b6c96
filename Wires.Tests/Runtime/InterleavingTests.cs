using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Which calls may start while others are suspended.</summary>
public sealed class InterleavingTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task WhileAMethodIsSuspendedOtherCallsWait(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StepperRef>();
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held in");
        Task touched = wire.Touch("touch").AsTask();
        Task second = wire.Hold("second").AsTask();
        await node.Settled(wire);
        Assert.Equal(["held in"], node.Probe.Notes);
        node.Probe.Open("second");
        node.Probe.Open("held");
        await Task.WhenAll(held, touched, second).Within();
        Assert.Equal(["held in", "held out", "touch", "second in", "second out"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AnInterleavedMethodMayStartWhileAnyCallIsSuspended(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StepperRef>();
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held in");
        Task interleaved = wire.HoldInterleaved("mixed").AsTask();
        await node.Probe.Reached("mixed in");
        await wire.TouchInterleaved("touch").Within();
        node.Probe.Open("held");
        await held.Within();
        node.Probe.Open("mixed");
        await interleaved.Within();
        Assert.Equal(["held in", "mixed in", "touch", "held out", "mixed out"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AnOrdinaryCallStartsWhenAllActiveOnesAreInterleaved(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StepperRef>();
        Task mixed = wire.HoldInterleaved("mixed").AsTask();
        await node.Probe.Reached("mixed in");
        await wire.Touch("touch").Within();
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held in");
        Task late = wire.Touch("late").AsTask();
        await node.Settled(wire);
        Assert.False(late.IsCompleted);
        node.Probe.Open("held");
        await Task.WhenAll(held, late).Within();
        Assert.False(mixed.IsCompleted);
        node.Probe.Open("mixed");
        await mixed.Within();
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AnInterleavedCallDoesNotOvertakeAnEarlierCallOfItsCaller(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StepperRef>();
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held in");
        Task both = node.Get<StepperUserRef>("one").TouchThenInterleave(wire).AsTask();
        await node.Settled(wire);
        await node.Settled(node.Get<StepperUserRef>("one"));
        Assert.Equal(["held in"], node.Probe.Notes);

        // Another caller has no earlier call there.
        await node.Get<StepperUserRef>("two").Interleave(wire, "other").Within();
        node.Probe.Open("held");
        await Task.WhenAll(held, both).Within();
        Assert.Equal(["held in", "other", "held out", "ordinary", "interleaved"], node.Probe.Notes);
    }

    [Fact]
    public async Task YieldAdmitsNothing()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<StepperRef>();
        Task yielding = wire.YieldMany(50, "yield").AsTask();
        await node.Probe.Reached("yield in");
        Task touched = node.Get<StepperUserRef>().TouchThenInterleave(wire).AsTask();
        Task interleaved = wire.TouchInterleaved("interleaved").AsTask();
        node.Probe.Unblock("yield in");
        await Task.WhenAll(yielding, touched, interleaved).Within();
        Assert.Equal(["yield in", "yield out"], node.Probe.Notes.Take(2));
    }

    [Fact]
    public async Task YieldInATaskMethodAdmitsNothingEither()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<StepperRef>();
        Task yielding = wire.YieldManyInTask(50, "yield").AsTask();
        await node.Probe.Reached("yield in");
        Task interleaved = wire.TouchInterleaved("interleaved").AsTask();
        node.Probe.Unblock("yield in");
        await Task.WhenAll(yielding, interleaved).Within();
        Assert.Equal(["yield in", "yield out", "interleaved"], node.Probe.Notes);
    }

    [Fact]
    public async Task ASuspendedTickLetsNothingInAndMissedTicksCoalesce()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<TickerWireRef>();
        await wire.Ticks().Within();
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await node.Probe.Reached("tick 1");
        Task<int> interleaved = wire.Interleaved().AsTask();
        await node.Settled(wire);
        Assert.False(interleaved.IsCompleted);
        node.Time.Advance(TimeSpan.FromSeconds(5));
        node.Probe.Open("tick");
        await interleaved.Within();
        Assert.Equal(1, await wire.Ticks().Within());
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await node.Probe.Reached("tick 2");
        Assert.Equal(2, await wire.Ticks().Within());
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await node.Probe.Reached("tick 3");
    }

    [Fact]
    public async Task TicksThatComeWhileTheWireIsBusyCoalesce()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<TickerWireRef>();
        node.Probe.Open("tick");
        Task held = wire.Hold().AsTask();
        await node.Probe.Reached("held");
        node.Time.Advance(TimeSpan.FromSeconds(7));
        await node.Settled(wire);
        node.Probe.Open("hold");
        await held.Within();
        await node.Probe.Reached("tick 1");
        Assert.Equal(1, await wire.Ticks().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AWireTaskMethodContinuesInATurnWhereverItsTaskCompletes(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StepperRef>();
        Assert.Equal("", await wire.AwaitForeign("gate", configureAwait: true, Open(node, "gate")).Within());
        Assert.Equal("", await wire.AwaitForeign("other", configureAwait: false, Open(node, "other")).Within());
        Assert.Equal("", await wire.AwaitForeignInTask("third", Open(node, "third")).Within());
    }

    // Opened on a thread of nobody, after the method is suspended.
    private static string Open(TestNode node, string gate)
    {
        _ = node.Probe.Reached(gate + " suspended").ContinueWith(
            _ => new Thread(() => node.Probe.Open(gate)).Start(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return gate;
    }
}

[Wire]
public partial class Stepper(Probe probe)
{
    public async WireTask Hold(string name)
    {
        probe.Note($"{name} in");
        await probe.Gate(name);
        probe.Note($"{name} out");
    }

    [Interleave]
    public async WireTask HoldInterleaved(string name)
    {
        probe.Note($"{name} in");
        await probe.Gate(name);
        probe.Note($"{name} out");
    }

    public void Touch(string name) => probe.Note(name);

    [Interleave]
    public void TouchInterleaved(string name) => probe.Note(name);

    public async WireTask YieldMany(int times, string name)
    {
        probe.Block($"{name} in");
        for (int i = 0; i < times; i++)
        {
            await Wire.Yield();
        }

        probe.Note($"{name} out");
    }

    public async Task YieldManyInTask(int times, string name)
    {
        probe.Block($"{name} in");
        for (int i = 0; i < times; i++)
        {
            await Wire.Yield();
        }

        probe.Note($"{name} out");
    }

    public async WireTask<string> AwaitForeign(string gate, bool configureAwait, string name)
    {
        WireId self = Wire.Self.Id;
        Task task = probe.Gate(gate);
        probe.Note(name + " suspended");
        await task.ConfigureAwait(configureAwait);
        return Wire.Self.Id == self && SynchronizationContext.Current is not null ? "" : "outside the turn";
    }

    public async Task<string> AwaitForeignInTask(string gate, string name)
    {
        WireId self = Wire.Self.Id;
        Task task = probe.Gate(gate);
        probe.Note(name + " suspended");
        await task;
        return Wire.Self.Id == self ? "" : "outside the turn";
    }
}

[Wire]
public partial class StepperUser
{
    public async WireTask TouchThenInterleave(StepperRef wire)
    {
        ValueTask first = wire.Touch("ordinary");
        ValueTask second = wire.TouchInterleaved("interleaved");
        await first;
        await second;
    }

    public async WireTask Interleave(StepperRef wire, string name) => await wire.TouchInterleaved(name);
}

[Wire]
public partial class TickerWire(Probe probe)
{
    private int _ticks;

    [Every("00:00:01")]
    private async WireTask Tick()
    {
        probe.Note($"tick {_ticks + 1}");
        await probe.Gate("tick");
        _ticks++;
    }

    public int Ticks() => _ticks;

    [Interleave]
    public int Interleaved() => _ticks;

    public async WireTask Hold()
    {
        probe.Note("held");
        await probe.Gate("hold");
    }
}
