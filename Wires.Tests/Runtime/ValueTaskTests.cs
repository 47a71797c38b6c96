#pragma warning disable CA2012 // Misuses ValueTasks, to see what happens.
#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Wires.Mailboxes;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What comes of the ValueTasks that calls give.</summary>
[Collection(Quiet.Name)]
public sealed class ValueTaskTests
{
    /// <summary>Each thread of the pool keeps two batches of each method for itself.</summary>
    private const int PooledByThreads = 64 * 2 * MessageDepot.BatchSize;

    [Fact]
    public async Task AwaitingTwiceIsToldClearly()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<AnswererRef>();
        ValueTask<int> call = wire.Echo(1);
        Assert.Equal(1, await call);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);
        Assert.Contains("awaited before", e.Message, StringComparison.Ordinal);
        Assert.Contains("AsTask()", e.Message, StringComparison.Ordinal);
        Assert.Contains("awaited before", await node.Get<AnswererUserRef>().AwaitTwice(wire).Within(), StringComparison.Ordinal);
        Assert.Equal(2, await wire.Echo(2).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ManyCallsCanBeAwaitedTogether(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        const int Calls = 5_000;
        AnswererRef[] wires = [.. Enumerable.Range(0, 10).Select(i => node.Get<AnswererRef>($"w{i}"))];
        Task<int>[] outside = [.. Enumerable.Range(0, Calls).Select(i => wires[i % 10].EchoLater(i).AsTask())];
        Assert.Equal(Enumerable.Range(0, Calls), await Task.WhenAll(outside).Within());
        Assert.Equal(Calls, await node.Get<AnswererUserRef>().Together(wires[0], wires[1], Calls).Within());
    }

    [Fact]
    public async Task CallsMayBeAwaitedLaterInAnyOrder()
    {
        await using TestNode node = TestNode.Create();
        Assert.Equal("0 1 2 3 4", await node.Get<AnswererUserRef>().Later(node.Get<AnswererRef>(), "gate").Within());
    }

    [Fact]
    public async Task CallsThatNobodyAwaitsAreForgotten()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<AnswererRef>();
        await wire.Echo(0).Within();
        Sweep(node);
        int before = AskRegistry.Count;
        for (int i = 0; i < 20_000; i++)
        {
            _ = wire.Echo(i);
            await node.Get<AnswererUserRef>().Forget(wire).Within();
        }

        await wire.Echo(0).Within();
        await node.Settled(wire);
        await Forgotten(node, before + PooledByThreads);
    }

    [Fact]
    public async Task ABurstOfCallsIsForgottenToo()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = 1_000_000);
        var wire = node.Get<AnswererRef>();
        int before = AskRegistry.Count;
        Task blocked = wire.Block("blocked").AsTask();
        await node.Probe.Reached("blocked");
        Task<int>[] calls = [.. Enumerable.Range(0, 100_000).Select(i => wire.Echo(i).AsTask())];
        node.Probe.Unblock("blocked");
        await blocked.Within();
        await Task.WhenAll(calls).Within();

        // What the pools keep for the next burst, at most.
        await Forgotten(node, before + (MessageDepot.MaxBatches * MessageDepot.BatchSize) + PooledByThreads);
    }

    /// <summary>The registry is the whole process's: a sweep of another node may be under way, and make ours pass by.</summary>
    private static Task Forgotten(TestNode node, int atMost) => Waits.Until(
        () =>
        {
            Sweep(node);
            return AskRegistry.Count <= atMost;
        },
        $"the registry of calls to fall to {atMost}");

    private static void Sweep(TestNode node)
    {
        for (int i = 0; i < 5; i++)
        {
            node.Time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }
}

[Wire]
public partial class Answerer(Probe probe)
{
    public int Echo(int value) => value;

    public async WireTask<int> EchoLater(int value)
    {
        await Wire.Yield();
        return value;
    }

    public void Block(string name) => probe.Block(name);

    public async WireTask<int> EchoWhenOpen(int value, string gate)
    {
        await probe.Gate(gate);
        return value;
    }
}

[Wire]
public partial class AnswererUser(Probe probe)
{
    public async WireTask<string> AwaitTwice(AnswererRef wire)
    {
        ValueTask<int> call = wire.Echo(1);
        _ = await call;
        try
        {
            _ = await call;
            return "nothing";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    public async WireTask<int> Together(AnswererRef first, AnswererRef second, int calls)
    {
        int[] answers = await Task.WhenAll(Enumerable.Range(0, calls).Select(i => (i % 2 == 0 ? first : second).EchoLater(i).AsTask()));
        return answers.Where(static (answer, i) => answer == i).Count();
    }

    public async WireTask<string> Later(AnswererRef wire, string gate)
    {
        ValueTask<int>[] calls = [.. Enumerable.Range(0, 5).Select(i => wire.EchoWhenOpen(i, gate))];
        probe.Open(gate);
        int[] answers = new int[5];
        foreach (int i in new[] { 4, 2, 0, 1, 3 })
        {
            answers[i] = await calls[i];
        }

        return string.Join(' ', answers);
    }

    public void Forget(AnswererRef wire) => _ = wire.Echo(1);
}
