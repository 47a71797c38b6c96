#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>First in, first out, per caller and callee.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(CallMode.Inlined, 10_000)]
    [InlineData(CallMode.Queued, 10_000)]
    [InlineData(CallMode.Inlined, 4)]
    [InlineData(CallMode.Queued, 4)]
    public async Task CallsOfOneCallerArriveInTheOrderInWhichTheyWereMade(CallMode mode, int capacity)
    {
        const int Senders = 4;
        const int Calls = 1_500;
        int seed = Environment.TickCount;
        await using TestNode node = TestNode.Create(mode, options => options.MailboxCapacity = capacity, realTime: true);
        var wire = node.Get<OrderedRef>();
        Task<int>[] sent = [.. Enumerable.Range(0, Senders).Select(i => node.Get<OrderedSenderRef>($"sender {i}").Send(wire, i, seed + i, Calls).AsTask())];
        int[] accepted = await Task.WhenAll(sent).Within();
        Assert.True(node.Probe.Failures.Count == 0, $"Seed {seed}: {string.Join("; ", node.Probe.Failures.Take(5))}");
        await Waits.Until(() => wire.Count().AsTask().Result >= accepted.Sum(), "all accepted calls to have run");
        Assert.Equal(accepted.Sum(), await wire.Count());
    }

    [Fact]
    public async Task ACallDoesNotOvertakeAOneWayCallOfItsCallerThatWaitsForRoom()
    {
        await using TestNode node = TestNode.Create(configure: static options => options.MailboxCapacity = 2);
        var wire = node.Get<OrderedRef>();
        Task blocked = wire.Block("blocked").AsTask();
        await node.Probe.Reached("blocked");
        await wire.Note("1").Within();
        await wire.Note("2").Within();
        Task waiting = node.Get<OrderedSenderRef>().NoteThenAsk(wire, "sent").AsTask();
        await node.Probe.Reached("sent");
        node.Probe.Unblock("blocked");
        await blocked.Within();
        await waiting.Within();
        await node.Probe.Reached("3");

        // Asked or refused, but never before.
        Assert.Equal(["1", "2", "3"], node.Probe.Notes.Where(static note => note.Length == 1).Take(3));
    }
}

[Wire]
public partial class Ordered(Probe probe)
{
    private readonly int[] _last = [-1, -1, -1, -1];
    private int _count;

    public int Ask(int sender, int number)
    {
        Seen(sender, number);
        return number;
    }

    public async WireTask<int> AskSuspended(int sender, int number)
    {
        Seen(sender, number);
        await Wire.Yield();
        return number;
    }

    [Interleave]
    public async WireTask<int> AskInterleaved(int sender, int number)
    {
        Seen(sender, number);
        await Task.Yield();
        return number;
    }

    [OneWay]
    public void Tell(int sender, int number) => Seen(sender, number);

    [OneWay]
    public async WireTask TellSuspended(int sender, int number)
    {
        Seen(sender, number);
        await Wire.Yield();
    }

    [Interleave]
    public int Count() => _count;

    public void Block(string name) => probe.Block(name);

    [OneWay]
    public void Note(string what) => probe.Note(what);

    public void NoteAsked(string what) => probe.Note(what);

    private void Seen(int sender, int number)
    {
        if (number <= _last[sender])
        {
            probe.Fail($"{number} of sender {sender} came after {_last[sender]}");
        }

        _last[sender] = number;
        _count++;
    }
}

[Wire]
public partial class OrderedSender(Probe probe)
{
    /// <summary>Sends a random mix without awaiting in between, and awaits some now and then; answers with how many were accepted.</summary>
    public async WireTask<int> Send(OrderedRef wire, int sender, int seed, int calls)
    {
        var random = new Random(seed);
        List<ValueTask<int>> asks = [];
        List<ValueTask> tells = [];
        int accepted = 0;
        for (int number = 0; number < calls; number++)
        {
            switch (random.Next(5))
            {
                case 0:
                    asks.Add(wire.Ask(sender, number));
                    break;
                case 1:
                    asks.Add(wire.AskSuspended(sender, number));
                    break;
                case 2:
                    asks.Add(wire.AskInterleaved(sender, number));
                    break;
                case 3:
                    tells.Add(wire.Tell(sender, number));
                    break;
                default:
                    tells.Add(wire.TellSuspended(sender, number));
                    break;
            }

            if (random.Next(20) == 0)
            {
                accepted += await Settle(asks, tells);
            }
        }

        return accepted + await Settle(asks, tells);
    }

    public async WireTask NoteThenAsk(OrderedRef wire, string sent)
    {
        ValueTask told = wire.Note("3");
        probe.Note(sent);
        for (int i = 0; i < 1000 && !told.IsCompleted; i++)
        {
            try
            {
                await wire.NoteAsked("4");
            }
            catch (WireOverloadedException)
            {
                await Wire.Yield();
            }
        }

        await told;
    }

    private static async WireTask<int> Settle(List<ValueTask<int>> asks, List<ValueTask> tells)
    {
        int accepted = tells.Count;
        foreach (ValueTask tell in tells)
        {
            await tell;
        }

        foreach (ValueTask<int> ask in asks)
        {
            try
            {
                await ask;
                accepted++;
            }
            catch (WireOverloadedException)
            {
            }
        }

        asks.Clear();
        tells.Clear();
        return accepted;
    }
}
