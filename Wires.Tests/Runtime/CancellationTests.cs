#pragma warning disable xUnit1051 // Tokens are what is tested.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Cancellation, at each moment of a call's life.</summary>
public sealed class CancellationTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallThatIsCancelledBeforeItIsSentNeverRuns(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        await wire.Touch("first", default).Within();
        var cancelled = new CancellationToken(canceled: true);
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wire.Touch("never", cancelled).Within());
        Assert.Equal(cancelled, e.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wire.Tell("never", cancelled).Within());
        Assert.True(await node.Get<CancellableUserRef>().CallCancelled(wire).Within());
        await wire.Touch("last", default).Within();
        Assert.Equal(["first", "last"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallThatIsCancelledWhileItWaitsNeverRuns(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        Task held = wire.Hold("held", default).AsTask();
        await node.Probe.Reached("held");
        using var source = new CancellationTokenSource();
        Task waiting = wire.Touch("never", source.Token).AsTask();
        Task<bool> fromWire = node.Get<CancellableUserRef>().CallAndCancelWhenOpen(wire, "cancel").AsTask();
        await node.Probe.Reached("cancel");
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();

        // At once, not when its turn comes.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());
        node.Probe.Open("cancel");
        Assert.True(await fromWire.Within());
        node.Probe.Open("held");
        await held.Within();
        await wire.Touch("last", default).Within();
        Assert.Equal(["held", "cancel", "last"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ARunningMethodSeesItsCallersToken(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        using var source = new CancellationTokenSource();
        Task held = wire.Hold("held", source.Token).AsTask();
        await node.Probe.Reached("held");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Within());
        Assert.Equal(1, await wire.Cancelled().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AMethodThatIgnoresItsTokenStillAnswers(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        using var source = new CancellationTokenSource();
        Task<string> held = wire.Ignore("held", source.Token).AsTask();
        await node.Probe.Reached("held");
        await source.CancelAsync();
        node.Probe.Open("held");
        Assert.Equal("done", await held.Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CancellationAfterTheAnswerDoesNothing(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        for (int i = 0; i < 100; i++)
        {
            using var source = new CancellationTokenSource();
            await wire.Touch("x", source.Token);
            ValueTask second = wire.Touch("y", default);
            await source.CancelAsync();
            await second;
        }

        Assert.Equal(200, node.Probe.Notes.Length);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CancellationRacingWithCallsEitherRunsThemOrThrows(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<CancellableRef>();
        await wire.Touch("first", default).Within();
        var random = new Random(7);
        int ran = 1;
        for (int i = 0; i < 2_000; i++)
        {
            using var source = new CancellationTokenSource();
            Task cancel = Task.Run(source.Cancel);
            Thread.SpinWait(random.Next(2_000));
            try
            {
                await wire.Touch("x", source.Token).Within();
                ran++;
            }
            catch (OperationCanceledException)
            {
            }

            await cancel;
        }

        await wire.Touch("last", default).Within();
        Assert.Equal(ran + 1, node.Probe.Notes.Length);
    }

    [Fact]
    public async Task ACancelledDelayEndsAtOnce()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<CancellableRef>();
        using var source = new CancellationTokenSource();
        Task delayed = wire.Delay("delaying", source.Token).AsTask();
        await node.Probe.Reached("delaying");
        await node.Settled(wire);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delayed.Within());
    }
}

[Wire]
public partial class Cancellable(Probe probe)
{
    private int _cancelled;

    public void Touch(string name, CancellationToken cancellation)
    {
        _ = cancellation;
        probe.Note(name);
    }

    [OneWay]
    public void Tell(string name, CancellationToken cancellation) => Touch(name, cancellation);

    public async WireTask Hold(string name, CancellationToken cancellation)
    {
        probe.Note(name);
        try
        {
            await probe.Gate(name).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _cancelled++;
            throw;
        }
    }

    public async WireTask<string> Ignore(string name, CancellationToken cancellation)
    {
        _ = cancellation;
        probe.Note(name);
        await probe.Gate(name);
        return "done";
    }

    public async WireTask Delay(string name, CancellationToken cancellation)
    {
        probe.Note(name);
        await Wire.Delay(TimeSpan.FromHours(1), cancellation);
    }

    public int Cancelled() => _cancelled;
}

[Wire]
public partial class CancellableUser(Probe probe)
{
    public async WireTask<bool> CallCancelled(CancellableRef wire)
    {
        try
        {
            await wire.Touch("never", new CancellationToken(canceled: true));
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    public async WireTask<bool> CallAndCancelWhenOpen(CancellableRef wire, string gate)
    {
        using var source = new CancellationTokenSource();
        ValueTask call = wire.Touch("never", source.Token);
        probe.Note(gate);
        await probe.Gate(gate);
        await source.CancelAsync();
        try
        {
            await call;
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
