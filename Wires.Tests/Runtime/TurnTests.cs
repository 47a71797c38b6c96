
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>One turn at a time per wire, always.</summary>
public sealed class TurnTests
{
    private const int Callers = 16;
    private const int Rounds = 60;

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task TurnsOfAWireNeverOverlapWhateverStartsOrContinuesThem(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, realTime: true);
        var wire = node.Get<TurnstileRef>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => i % 2 == 0
            ? Task.Run(() => CallAll(wire, i))
            : node.Get<TurnstileUserRef>($"user {i}").CallAll(wire).AsTask())).Within();

        // One-way calls and the rest of suspended methods may still be on their way.
        long expected = (long)Callers * Rounds * TurnstileUser.TurnsPerRound;
        await Waits.Until(() => wire.Count().AsTask().Result.Turns >= expected, "all turns to be counted");
        (long turns, long ticks) = await wire.Count();
        node.AssertClean();
        Assert.Equal(expected, turns);
        Assert.True(ticks > 0, "No tick came: the test did not test timers.");
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task EveryReturnKindReachesItsCaller(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ReturnKindsRef>();
        for (int i = 0; i < 3; i++)
        {
            await wire.Void(i).Within();
            await wire.Task(i).Within();
            await wire.ValueTask(i).Within();
            await wire.WireTask(i).Within();
            await wire.OneWay(i).Within();
            await wire.OneWayAsync(i).Within();
            Assert.Equal(i, await wire.Value(i).Within());
            Assert.Equal(i, await wire.TaskOf(i).Within());
            Assert.Equal(i, await wire.ValueTaskOf(i).Within());
            Assert.Equal(i, await wire.WireTaskOf(i).Within());
            Assert.Equal([0, 1, 2], await wire.Stream(3).ToListAsync(TestContext.Current.CancellationToken).Within());
        }

        Assert.Equal(3 * 6, await wire.Calls().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task EveryReturnKindReachesAWireThatCalls(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ReturnKindsRef>();
        Assert.Equal("0 0 0 0 [0,1] 1 1 1 1 [0,1]", await node.Get<ReturnKindsUserRef>().CallAll(wire).Within());
        Assert.Equal(2 * 6, await wire.Calls().Within());
    }

    private static async Task CallAll(TurnstileRef wire, int seed)
    {
        for (int round = 0; round < Rounds; round++)
        {
            await TurnstileUser.Round(wire, seed + round);
        }
    }

    internal const int RoundsForWires = Rounds;
}

/// <summary>Counts its turns without any lock, and looks whether another one runs.</summary>
[Wire]
public partial class Turnstile(Probe probe)
{
    private int _inside;
    private long _turns;
    private long _ticks;

    [Interleave]
    public int Value(int value)
    {
        Turn();
        return value;
    }

    [Interleave]
    public async WireTask WireTask()
    {
        Turn();
        await Wire.Delay(TimeSpan.FromMilliseconds(1));
        Turn();
    }

    [Interleave]
    public async WireTask<int> Foreign(int value)
    {
        Turn();
        await Task.Run(static () => { }).ConfigureAwait(false);
        Turn();
        await Task.Yield();
        Turn();
        return value;
    }

    [Interleave]
    public async Task TaskMethod()
    {
        Turn();
        await Task.Delay(1);
        Turn();
    }

    [Interleave]
    public async ValueTask<int> ValueTaskMethod(int value)
    {
        Turn();
        await Wire.Yield();
        Turn();
        return value;
    }

    public async WireTask Exclusive()
    {
        Turn();
        await Wire.Yield();
        Turn();
    }

    [OneWay]
    public void OneWay() => Turn();

    [Every("00:00:00.003")]
    private void Tick()
    {
        Turn();
        _turns--;
        _ticks++;
    }

    [Interleave]
    public (long Turns, long Ticks) Count() => (_turns, _ticks);

    private void Turn()
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            probe.Fail("Two turns ran at once.");
        }

        // Plain, so that turns at once would lose some.
        long turns = _turns;
        Thread.SpinWait(50);
        _turns = turns + 1;
        Interlocked.Decrement(ref _inside);
    }
}

/// <summary>Calls a <see cref="Turnstile"/> in all ways.</summary>
[Wire]
public partial class TurnstileUser
{
    internal const int TurnsPerRound = 13;

    public async WireTask CallAll(TurnstileRef wire)
    {
        for (int round = 0; round < TurnTests.RoundsForWires; round++)
        {
            await Round(wire, round);
        }
    }

    internal static async WireTask Round(TurnstileRef wire, int value)
    {
        await wire.OneWay();
        ValueTask<int> foreign = wire.Foreign(value);
        ValueTask delayed = wire.WireTask();
        Assert.Equal(value, await wire.Value(value));
        await wire.TaskMethod();
        ValueTask exclusive = wire.Exclusive();
        Assert.Equal(value, await wire.ValueTaskMethod(value));
        Assert.Equal(value, await foreign);
        await delayed;
        await exclusive;
    }
}

[Wire]
public partial class ReturnKinds
{
    private int _calls;

    public void Void(int value) => _calls += Math.Sign(value + 1);

    public async Task Task(int value)
    {
        await System.Threading.Tasks.Task.Yield();
        Void(value);
    }

    public async ValueTask ValueTask(int value)
    {
        await System.Threading.Tasks.Task.Yield();
        Void(value);
    }

    public async WireTask WireTask(int value)
    {
        await Wire.Yield();
        Void(value);
    }

    [OneWay]
    public void OneWay(int value) => Void(value);

    [OneWay]
    public async WireTask OneWayAsync(int value)
    {
        await Wire.Yield();
        Void(value);
    }

    public int Value(int value) => value;

    public async Task<int> TaskOf(int value)
    {
        await System.Threading.Tasks.Task.Yield();
        return value;
    }

    public async ValueTask<int> ValueTaskOf(int value)
    {
        await System.Threading.Tasks.Task.Yield();
        return value;
    }

    public async WireTask<int> WireTaskOf(int value)
    {
        await Wire.Yield();
        return value;
    }

    public async IAsyncEnumerable<int> Stream(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await System.Threading.Tasks.Task.Yield();
            yield return i;
        }
    }

    public int Calls() => _calls;
}

[Wire]
public partial class ReturnKindsUser
{
    public async WireTask<string> CallAll(ReturnKindsRef wire)
    {
        List<string> results = [];
        for (int i = 0; i < 2; i++)
        {
            await wire.Void(i);
            await wire.Task(i);
            await wire.ValueTask(i);
            await wire.WireTask(i);
            await wire.OneWay(i);
            await wire.OneWayAsync(i);
            results.Add($"{await wire.Value(i)} {await wire.TaskOf(i)} {await wire.ValueTaskOf(i)} {await wire.WireTaskOf(i)}");
            List<int> items = [];
            await foreach (int item in wire.Stream(2))
            {
                items.Add(item);
            }

            results.Add($"[{string.Join(',', items)}]");
        }

        return string.Join(' ', results);
    }
}
