#pragma warning disable xUnit1051 // A thread apart, which the test itself ends.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>How a wire leaves when nobody needs it.</summary>
public sealed class IdleTests
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AnIdleWireLeavesAndTheNextCallMakesItAnew(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<DozerRef>();
        Assert.Equal(1, await wire.Increment().Within());
        for (int i = 0; i < 10; i++)
        {
            // Used now and then, it stays.
            node.Time.Advance(s_idle / 2);
            Assert.Equal(i + 2, await wire.Increment().Within());
        }

        node.Time.Advance(2 * s_idle);
        await node.Probe.Reached("detaching Idle");
        await node.Probe.Reached("disposed");
        await Waits.Until(() => node.Node.WireCount == 0);
        Assert.Equal(1, await wire.Increment().Within());
        Assert.Equal(1, node.Node.WireCount);
    }

    [Fact]
    public async Task AWireWithoutIdleAfterStays()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<KeeperRef>();
        Assert.Equal(1, await wire.Increment().Within());
        node.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(2, await wire.Increment().Within());
    }

    [Fact]
    public async Task ASuspendedWireIsNotIdle()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<DozerRef>();
        Task<int> held = wire.WithTimeout(TimeSpan.FromHours(1)).Hold().AsTask();
        await node.Probe.Reached("holding");
        node.Time.Advance(10 * s_idle);
        node.Probe.Open("hold");
        Assert.Equal(1, await held.Within());
        Assert.DoesNotContain("detaching Idle", node.Probe.Notes);
    }

    [Fact]
    public async Task ACallThatComesWhileTheWireLeavesIsServedByTheNextOne()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SlowLeaverRef>();
        Assert.Equal(1, await wire.Increment().Within());
        node.Time.Advance(2 * s_idle);
        await node.Probe.Reached("leaving");
        Task<int> first = wire.Increment().AsTask();
        Task<int> second = wire.Increment().AsTask();
        await node.Settled(wire);
        Assert.False(first.IsCompleted);
        node.Probe.Open("leave");
        Assert.Equal(1, await first.Within());
        Assert.Equal(2, await second.Within());
    }

    [Fact]
    public async Task AFailureOfLeavingIsLoggedAndTheWireLeaves()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SlowLeaverRef>("fails");
        Assert.Equal(1, await wire.Increment().Within());
        node.Probe.Open("leave");
        node.Time.Advance(2 * s_idle);
        await Waits.Until(() => node.Node.WireCount == 0);
        Assert.Single(node.Log.Of("DetachingFailed"));
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CallsThatRaceWithLeavingAreNeverLost(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        const int Wires = 8;
        const int Leavings = 100;
        bool isOver = false;
        Task time = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    node.Time.Advance(TimeSpan.FromSeconds(1));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        int[] calls = await Task.WhenAll(Enumerable.Range(0, Wires).Select(i => Task.Run(async () =>
        {
            var wire = node.Get<HastyLeaverRef>($"wire {i}").WithTimeout(Timeout.InfiniteTimeSpan);
            var random = new Random(i);
            int count = 0;
            while (node.Probe.Counted("left") < Leavings)
            {
                await wire.Touch();
                count++;
                if (random.Next(4) == 0)
                {
                    await Task.Yield();
                }

                Thread.SpinWait(random.Next(20_000));
            }

            return count;
        }))).Within();
        Volatile.Write(ref isOver, true);
        await time.Within();
        Assert.Equal(calls.Sum(), node.Probe.Counted("touched"));
    }
}

[Wire(IdleAfter = "00:00:20")]
public sealed partial class Dozer(Probe probe) : IDetaching, IDisposable
{
    private int _count;

    public int Increment() => ++_count;

    public async WireTask<int> Hold()
    {
        probe.Note("holding");
        await probe.Gate("hold");
        return ++_count;
    }

    public WireTask OnDetaching(DetachReason reason)
    {
        probe.Note($"detaching {reason}");
        return WireTask.CompletedTask;
    }

    public void Dispose() => probe.Note("disposed");
}

[Wire]
public partial class Keeper
{
    private int _count;

    public int Increment() => ++_count;
}

[Wire(IdleAfter = "00:00:20")]
public partial class SlowLeaver(Probe probe) : IDetaching
{
    private int _count;

    public int Increment() => ++_count;

    public async WireTask OnDetaching(DetachReason reason)
    {
        probe.Note("leaving");
        await probe.Gate("leave");
        if (Wire.Self.Key == new WireKey("fails"))
        {
            throw new OwnException("does not want to");
        }
    }
}

[Wire(IdleAfter = "00:00:01")]
public sealed partial class HastyLeaver(Probe probe) : IAsyncDisposable
{
    private int _count;

    public void Touch()
    {
        _count++;
        probe.Count("touched");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        probe.Count("left");
    }
}
