#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Wires.Mailboxes;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Nodes with threads of their own, and who gets them when wires always have more to do. Counted in turns, so no machine is too slow.</summary>
public sealed class CarrierTests
{
    [Fact]
    public async Task AWireRunsOnItsNodesOwnThreads()
    {
        await using TestNode node = TestNode.Create(CallMode.Inlined, static options => options.Processors = 1.5);
        Assert.StartsWith("Wires carrier", await node.Get<HogRef>().ThreadName().Within(), StringComparison.Ordinal);
        Assert.StartsWith("Wires carrier", await node.Get<HogRef>().ThreadNameLater().Within(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWireOfLongTurnsGivesWayBeforeItsMailboxIsEmpty()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.Processors = 1);
        var busy = node.Get<TreadmillRef>("busy");
        Task[] works = [.. Enumerable.Range(0, 60).Select(_ => busy.Tread(5).AsTask())];
        await node.Get<HogRef>("other").Touch().Within();
        Assert.Contains(works, static work => !work.IsCompleted);
        await Task.WhenAll(works).Within();
    }

    [Fact]
    public async Task WhoIsCalledGoesBeforeThoseThatDriveThemselves()
    {
        const int Drivers = 80;
        var treads = new TreadCounter();
        await using TestNode node = TestNode.Create(configure: static options => options.Processors = 1, services: services => services.AddSingleton(treads));
        TreadmillRef[] drivers = [.. Enumerable.Range(0, Drivers).Select(i => node.Get<TreadmillRef>($"driver {i}"))];
        foreach (TreadmillRef driver in drivers)
        {
            await driver.Drive(2).Within();
        }

        // All of them run, none is left out. Asked by a wire, as the thread of this test may be kept waiting itself.
        await Waits.Until(() => treads.Drivers.Count == Drivers);
        Assert.InRange(await node.Get<TreadmillRef>("asker").Ask(node.Get<HogRef>("other"), 10).Within(), 0, 10 * Drivers / 2);
        await Task.WhenAll(drivers.Select(static driver => driver.Halt().AsTask())).Within();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void WorkTakesAsMuchLongerAsTheNodeIsSlower(double speed)
    {
        var time = new ManualTimeProvider();
        var pace = new Pace(speed, time);
        var random = new Random(1);
        TimeSpan busy = TimeSpan.Zero, passed = TimeSpan.Zero;
        for (int i = 0; i < 1_000; i++)
        {
            TimeSpan work = TimeSpan.FromMilliseconds(1 + random.Next(5));
            time.Advance(work);
            TimeSpan wait = pace.Charge(work);

            // Timers are late.
            wait += wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(random.Next(3)) : TimeSpan.Zero;
            time.Advance(wait);
            (busy, passed) = (busy + work, passed + work + wait);
        }

        Assert.InRange(busy / passed, speed * 0.98, speed * 1.02);
    }
}

/// <summary>Counts what all treadmills of a node do.</summary>
public sealed class TreadCounter
{
    public int Count { get; set; }

    public ConcurrentDictionary<WireId, bool> Drivers { get; } = new();
}

/// <summary>A wire that goes on by itself.</summary>
[Wire]
public partial class Treadmill(TreadCounter? counter = null)
{
    private bool _halts;

    public void Tread(int milliseconds) => Thread.Sleep(milliseconds);

    [OneWay]
    public async WireTask Drive(int milliseconds)
    {
        if (!_halts)
        {
            Tread(milliseconds);
            counter!.Count++;
            counter.Drivers[Wire.Self.Id] = true;
            await Wire.Self.As<TreadmillRef>().Drive(milliseconds);
        }
    }

    /// <summary>How often others have trodden meanwhile.</summary>
    public async WireTask<int> Ask(HogRef other, int times)
    {
        int before = counter!.Count;
        for (int i = 0; i < times; i++)
        {
            await other.Touch();
        }

        return counter.Count - before;
    }

    public void Halt() => _halts = true;
}
