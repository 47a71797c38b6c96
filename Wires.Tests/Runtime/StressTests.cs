using System.Globalization;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Wires that call each other at random: turns one at a time, order kept on every message, nothing lost, memory flat.</summary>
[Collection(Quiet.Name)]
public sealed class StressTests
{
    private const int Wires = 64;

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task WiresThatCallEachOtherAtRandomKeepAllTheRules(CallMode mode)
    {
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("WIRES_STRESS_SECONDS"), CultureInfo.InvariantCulture, out double set) ? set : 3;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("WIRES_STRESS_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 20261121;
        await using TestNode node = TestNode.Create(mode, realTime: true);
        MemberRef[] members = [.. Enumerable.Range(0, Wires).Select(i => node.Get<MemberRef>(i.ToString(CultureInfo.InvariantCulture)))];
        for (int i = 0; i < Wires; i++)
        {
            await members[i].Join(members, i).Within();
        }

        long end = Environment.TickCount64 + (long)(seconds * 1000);
        long messages = 0, early = 0;
        var random = new Random(seed);
        for (int round = 0; Environment.TickCount64 < end; round++)
        {
            // A second at most, then all is settled and counted.
            long until = Math.Min(end, Environment.TickCount64 + 1_000);
            await Task.WhenAll(members.Select(member => member.WithTimeout(Timeout.InfiniteTimeSpan).Play(until, random.Next()).AsTask())).Within($"seed {seed}, round {round}");
            await Settle(node, members, seed);
            messages = (await Task.WhenAll(members.Select(static member => member.Tally().AsTask())).Within()).Sum(static tally => tally.Received);
            if (round == Math.Max(1, (int)(seconds / 4)))
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Assert.True(node.Probe.Failures.Count == 0, $"WIRES_STRESS_SEED={seed}: {string.Join("; ", node.Probe.Failures.Take(5))}");
        long late = GC.GetTotalMemory(forceFullCollection: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mode}: seed {seed}, {messages:N0} messages in {seconds} s, memory {early:N0} B, then {late:N0} B");
        Assert.True(early == 0 || late < early + (8 << 20), $"WIRES_STRESS_SEED={seed}: memory grew from {early:N0} B to {late:N0} B");
    }

    private static async Task Settle(TestNode node, MemberRef[] members, int seed)
    {
        long sent = -1, received = -2;
        await Waits.Until(
            () =>
            {
                (long Sent, long Received)[] tallies = Task.WhenAll(members.Select(static member => member.Tally().AsTask())).GetAwaiter().GetResult();
                (sent, received) = (tallies.Sum(static tally => tally.Sent), tallies.Sum(static tally => tally.Received));
                return sent == received || node.Probe.Failures.Count > 0;
            },
            $"seed {seed}: all that was sent to be received");
    }

}

[Wire]
public partial class Member(Probe probe)
{
    private MemberRef[] _members = [];
    private int _self;
    private long[] _lastSent = [];
    private long[] _lastSeen = [];
    private long _sent;
    private long _received;
    private int _inside;

    public void Join(MemberRef[] members, int self)
    {
        _members = members;
        _self = self;
        _lastSent = new long[members.Length];
        _lastSeen = new long[members.Length];
    }

    public async WireTask Play(long until, int seed)
    {
        var random = new Random(seed);
        List<ValueTask<long>> pending = [];
        while (Environment.TickCount64 < until)
        {
            switch (random.Next(12))
            {
                case 0:
                    await Wire.Yield();
                    break;
                case 1 when random.Next(20) == 0:
                    await Wire.Delay(TimeSpan.FromMilliseconds(random.Next(3)));
                    break;
                case 2:
                    await Task.Yield();
                    break;
                case 3 or 4:
                    int told = Pick(random);
                    ValueTask tell = _members[told].Tell(_self, Number(told));
                    if (random.Next(2) == 0)
                    {
                        await tell;
                    }

                    break;
                case 5 when pending.Count < 16:
                    int later = Pick(random);
                    long number = Number(later);
                    pending.Add(_members[later].Slow(_self, number));
                    break;
                case 6:
                    foreach (ValueTask<long> call in pending)
                    {
                        _ = await call;
                    }

                    pending.Clear();
                    break;
                default:
                    int asked = Pick(random);
                    long sent = Number(asked);
                    if (await _members[asked].Ask(_self, sent) != sent)
                    {
                        probe.Fail($"{_self} asked {asked} for {sent} and got another answer");
                    }

                    break;
            }
        }

        foreach (ValueTask<long> call in pending)
        {
            _ = await call;
        }
    }

    [Interleave]
    public long Ask(int from, long number)
    {
        Receive(from, number);
        return number;
    }

    [Interleave]
    public async WireTask<long> Slow(int from, long number)
    {
        Receive(from, number);
        if (number % 2 == 0)
        {
            await Task.Yield();
        }
        else
        {
            await Wire.Yield();
        }

        Turn();
        return number;
    }

    [OneWay]
    [Interleave]
    public void Tell(int from, long number) => Receive(from, number);

    [Interleave]
    public (long Sent, long Received) Tally() => (_sent, _received);

    private int Pick(Random random)
    {
        int other = random.Next(_members.Length - 1);
        return other < _self ? other : other + 1;
    }

    private long Number(int to)
    {
        _sent++;
        return ++_lastSent[to];
    }

    private void Receive(int from, long number)
    {
        Turn();
        if (number != _lastSeen[from] + 1)
        {
            probe.Fail($"{_self} got {number} of {from} after {_lastSeen[from]}");
        }

        _lastSeen[from] = number;
        _received++;
    }

    private void Turn()
    {
        if (++_inside != 1)
        {
            probe.Fail($"{_self} ran two turns at once");
        }

        _inside--;
    }
}
