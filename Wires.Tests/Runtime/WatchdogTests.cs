#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Wires.Infrastructure;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A turn that does not end is seen, named, and holds up as few as possible.</summary>
[Collection(Quiet.Name)]
public sealed class WatchdogTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(30);

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AGreedyTurnIsCountedAndNamed(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, static options => options.GreedyTurn = s_limit);
        var wire = node.Get<HogRef>();
        await wire.Touch().Within();
        Task hogging = Task.Run(async () => await wire.Grab("hog"), TestContext.Current.CancellationToken);
        await node.Probe.Reached("hog");
        await Waits.Until(() => node.Log.Of("GreedyTurn").Count > 0, "the watchdog to see the turn");
        Assert.Equal(1, node.Node.GreedyTurns);
        string message = node.Log.Of("GreedyTurn")[0].Message;
        Assert.Contains("Grab(string)", message, StringComparison.Ordinal);
        Assert.Contains(typeof(Hog).FullName!, message, StringComparison.Ordinal);
        Assert.False(Method("Grab").MayRunInline);
        node.Probe.Unblock("hog");
        await hogging.Within();
        Assert.Single(node.Log.Of("GreedyTurn"));
    }

    [Fact]
    public async Task OthersAreServedWhileGreedyTurnsHoldAllThreads()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.GreedyTurn = s_limit);
        ThreadPool.GetMinThreads(out int threads, out _);
        Task[] hogging = [.. Enumerable.Range(0, threads + 2).Select(i => node.Get<HogRef>($"hog {i}").Grab($"hog {i}").AsTask())];
        for (int i = 0; i < hogging.Length; i++)
        {
            await node.Probe.Reached($"hog {i}");
        }

        for (int i = 0; i < 100; i++)
        {
            await node.Get<HogRef>($"other {i}").Touch().Within();
        }

        Assert.All(hogging, static task => Assert.False(task.IsCompleted));
        for (int i = 0; i < hogging.Length; i++)
        {
            node.Probe.Unblock($"hog {i}");
        }

        await Task.WhenAll(hogging).Within();

        // The extra threads are given back.
        await Waits.Until(() => MinThreads() == threads, "the pool's minimum to go back");
    }

    [Fact]
    public async Task ARepeatOffenderGetsItsOwnLane()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.GreedyTurn = s_limit);
        var wire = node.Get<HogRef>();
        for (int i = 0; i < 3; i++)
        {
            Task hogging = wire.Grab($"hog {i}").AsTask();
            await node.Probe.Reached($"hog {i}");
            await Waits.Until(() => node.Log.Of("GreedyTurn").Count == i + 1, "the watchdog to see the turn");
            node.Probe.Unblock($"hog {i}");
            await hogging.Within();
        }

        await Waits.Until(() => node.Log.Of("MovedToLane").Count == 1, "the wire to move");
        await node.Settled(wire);
        Assert.StartsWith("Wires greedy lane", await wire.ThreadName().Within(), StringComparison.Ordinal);
        Assert.Equal("", await node.Get<HogRef>("other").ThreadName().Within());
        await node.Settled(wire);
        Assert.StartsWith("Wires greedy lane", await wire.ThreadNameLater().Within(), StringComparison.Ordinal);
    }

    private static WireMethod Method(string name) => TypeOf<HogRef>().Methods.Single(method => method.Name == name);

    private static WireType TypeOf<TRef>()
        where TRef : struct, IWireRef<TRef> => TRef.Type;

    private static int MinThreads()
    {
        ThreadPool.GetMinThreads(out int threads, out _);
        return threads;
    }
}

[Wire]
public partial class Hog(Probe probe)
{
    public void Touch()
    {
    }

    public void Grab(string name) => probe.Block(name);

    public string ThreadName() => Name();

    public async WireTask<string> ThreadNameLater()
    {
        await Task.Run(static () => { });
        return Name();
    }

    private static string Name() => Thread.CurrentThread.Name is { } name && name.StartsWith("Wires", StringComparison.Ordinal) ? name : "";
}
