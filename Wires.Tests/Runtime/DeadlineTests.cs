#pragma warning disable WIRE2001 // Some wires hold their turn on purpose.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Every call has a deadline; what comes of it when it passes.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(300);

    /// <summary>The call was answered or has timed out.</summary>
    private static async Task Ended(Task call)
    {
        try
        {
            await call.Within();
        }
        catch (WireTimeoutException)
        {
            // As good as an answer here.
        }
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallFailsWhenItsDeadlineHasPassed(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<SlowRef>();
        await wire.Touch("first").Within();
        Task held = wire.Hold("held").AsTask();
        await node.Probe.Reached("held");
        node.Time.Advance(TimeSpan.FromSeconds(30) - s_tick);
        Assert.False(held.IsCompleted);
        node.Time.Advance(2 * s_tick);
        var e = await Assert.ThrowsAsync<WireTimeoutException>(() => held.Within());
        Assert.Contains("A caller outside wires", e.Message, StringComparison.Ordinal);
        Assert.Contains("Hold(string)", e.Message, StringComparison.Ordinal);
        Assert.Contains("Slow/a", e.Message, StringComparison.Ordinal);
        Assert.Contains("30 s", e.Message, StringComparison.Ordinal);

        // The wire lives on, and so does the method.
        node.Probe.Open("held");
        await wire.Touch("last").Within();
        Assert.Equal(["first", "held", "released", "last"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task TheMessageSaysWhoWaitsOnWhat(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var user = node.Get<SlowUserRef>("user");
        Task<string> call = user.CallAndCatch(node.Get<SlowRef>("target"), "held", 0).AsTask();
        await node.Probe.Reached("held");
        await node.Settled(user);
        node.Time.Advance(TimeSpan.FromSeconds(31));

        // Both deadlines pass at the same time, so either may be seen first: the user answers, or its caller stops waiting for it.
        await Ended(call);
        string message = await user.Caught().Within();
        Assert.Contains("SlowUser/user waited for Hold(string) of wire Wires.Tests.Runtime.Slow/target", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ARefAClassAndANodeEachSetDeadlines(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, static options => options.CallTimeout = TimeSpan.FromSeconds(20));
        var (slow, hasty) = (node.Get<SlowRef>(), node.Get<HastyRef>());
        await slow.Touch("a").Within();
        await hasty.Touch().Within();
        Task byRef = slow.WithTimeout(TimeSpan.FromSeconds(5)).Hold("ref").AsTask();
        await node.Probe.Reached("ref");
        Task byClass = hasty.Hold("class").AsTask();
        await node.Probe.Reached("class");
        var other = node.Get<SlowRef>("other");
        Task byNode = other.Hold("node").AsTask();
        Task never = node.Get<SlowRef>("never").WithTimeout(Timeout.InfiniteTimeSpan).Hold("never").AsTask();
        await node.Probe.Reached("node");
        await node.Probe.Reached("never");
        node.Time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<WireTimeoutException>(() => byRef.Within());
        Assert.False(byClass.IsCompleted);
        node.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<WireTimeoutException>(() => byClass.Within());
        Assert.False(byNode.IsCompleted);
        node.Time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<WireTimeoutException>(() => byNode.Within());
        node.Time.Advance(TimeSpan.FromHours(10));
        Assert.False(never.IsCompleted);
        node.Probe.Open("never");
        await never.Within();
    }

    [Fact]
    public async Task ATimeoutOfOneRefIsNotThatOfAnotherToTheSameWire()
    {
        await using TestNode node = TestNode.Create();
        var hasty = node.Get<SlowRef>().WithTimeout(TimeSpan.FromSeconds(1));
        await hasty.Touch("awake").Within();
        Task held = node.Get<SlowRef>().Hold("held").AsTask();
        await node.Probe.Reached("held");
        node.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(held.IsCompleted);
        node.Probe.Open("held");
        await held.Within();
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task NestedCallsInheritTheSoonestDeadline(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var user = node.Get<SlowUserRef>();
        await user.Caught().Within();
        Task<string> outer = user.WithTimeout(TimeSpan.FromSeconds(5)).CallAndCatch(node.Get<SlowRef>(), "outer", 0).AsTask();
        await node.Probe.Reached("outer");
        await node.Settled(user);
        node.Time.Advance(TimeSpan.FromSeconds(6));
        await Ended(outer);
        Assert.Contains("Hold", await user.Caught().Within(), StringComparison.Ordinal);

        var second = node.Get<SlowUserRef>("second");
        Task<string> inner = second.CallAndCatch(node.Get<SlowRef>("second"), "inner", 2).AsTask();
        await node.Probe.Reached("inner");
        await node.Settled(second);
        node.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("2 s", await inner.Within(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallWhoseDeadlinePassesInTheMailboxDoesNotRun(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<SlowRef>();
        Task held = wire.WithTimeout(TimeSpan.FromMinutes(5)).Hold("held").AsTask();
        await node.Probe.Reached("held");
        Task outside = wire.Touch("never").AsTask();
        var user = node.Get<SlowUserRef>();
        Task<string> inside = user.WithTimeout(TimeSpan.FromMinutes(5)).TouchAndCatch(wire, "never").AsTask();
        await node.Settled(user);
        node.Time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<WireTimeoutException>(() => outside.Within());
        Assert.Contains("Touch", await inside.Within(), StringComparison.Ordinal);
        node.Probe.Open("held");
        await held.Within();
        await wire.Touch("last").Within();
        Assert.Equal(["held", "released", "last"], node.Probe.Notes);
    }

    [Fact]
    public async Task AnAnswerBehindItsTimeoutIsNotTakenForACall()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<SlowRef>();
        var user = node.Get<SlowUserRef>();
        Task<string> call = user.WithTimeout(TimeSpan.FromMinutes(5)).CallAndCatch(wire, "held", 2).AsTask();
        await node.Probe.Reached("held");
        Task blocked = user.Block("blocked").AsTask();
        await node.Probe.Reached("blocked");

        // First the notice of the time-out comes into the blocked wire's mailbox, then the answer.
        node.Time.Advance(TimeSpan.FromSeconds(3));
        node.Probe.Open("held");
        await node.Probe.Reached("released");
        await wire.Touch("answered").Within();
        node.Probe.Unblock("blocked");
        await blocked.Within();
        Assert.Contains("Hold", await call.Within(), StringComparison.Ordinal);
        await node.Settled(user);
        Assert.Contains("Hold", await user.Caught().Within(), StringComparison.Ordinal);
        Assert.Equal(["held", "blocked", "released", "answered"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined, 1)]
    [InlineData(CallMode.Queued, 2)]
    public async Task AnswersAlwaysMatchTheirCallsUnderRandomTimeouts(CallMode mode, int seed)
    {
        await using TestNode node = TestNode.Create(mode, realTime: true);
        var targets = Enumerable.Range(0, 4).Select(i => node.Get<SlowRef>($"t{i}")).ToArray();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        int timeouts = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed * 100 + i);
            var user = node.Get<SlowUserRef>($"u{i}");
            for (int n = i * 1_000_000; !end.IsCancellationRequested; n++)
            {
                SlowRef target = targets[random.Next(targets.Length)].WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 400)));
                TimeSpan delay = TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(500) : 0);
                try
                {
                    int answer = random.Next(2) == 0 ? await target.Echo(n, delay) : await user.Echo(target, n, delay);
                    if (answer != n)
                    {
                        node.Probe.Fail($"Seed {seed}: asked {n}, answered {answer}");
                    }
                }
                catch (WireTimeoutException)
                {
                    Interlocked.Increment(ref timeouts);
                }
            }
        }))).Within();
        node.AssertClean();
        Assert.True(timeouts > 0, "Nothing timed out: the test did not test it.");
    }
}

[Wire]
public partial class Slow(Probe probe)
{
    public async WireTask Hold(string name)
    {
        probe.Note(name);
        await probe.Gate(name);
        probe.Note("released");
    }

    public void Touch(string name) => probe.Note(name);

    [Interleave]
    public async WireTask<int> Echo(int number, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Wire.Delay(delay);
        }

        return number;
    }
}

[Wire(CallTimeout = "00:00:10")]
public partial class Hasty(Probe probe)
{
    public void Touch()
    {
    }

    public async WireTask Hold(string name)
    {
        probe.Note(name);
        await probe.Gate(name);
    }
}

[Wire]
public partial class SlowUser(Probe probe)
{
    private string _caught = "";

    [Interleave]
    public async WireTask<int> Echo(SlowRef wire, int number, TimeSpan delay) => await wire.Echo(number, delay);

    public async WireTask<string> CallAndCatch(SlowRef wire, string name, int seconds)
    {
        try
        {
            await (seconds == 0 ? wire : wire.WithTimeout(TimeSpan.FromSeconds(seconds))).Hold(name);
        }
        catch (WireTimeoutException e)
        {
            _caught = e.Message;
        }

        return _caught;
    }

    public async WireTask<string> TouchAndCatch(SlowRef wire, string name)
    {
        try
        {
            await wire.Touch(name);
            return "";
        }
        catch (WireTimeoutException e)
        {
            return e.Message;
        }
    }

    [Interleave]
    public void Block(string name) => probe.Block(name);

    public string Caught() => _caught;
}
