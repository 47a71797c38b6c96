using Xunit;

namespace Wires.Tests.Runtime;

[Wire]
public partial class Starter(Probe probe)
{
    public async WireTask<string> Race(RunnerRef slow, RunnerRef quick)
    {
        ValueTask<int> behind = slow.Run("slow", 1);
        ValueTask<int> ahead = quick.Run("quick", 2);
        int first = await Wire.WhenAny(behind, ahead);
        probe.Note("won");
        string won = $"{first} {await ahead}";

        // One that has lost is waited for like any other.
        int second = await Wire.WhenAny(behind);
        return $"{won} {second} {await behind}";
    }

    public async WireTask<string> Untyped(RunnerRef slow, RunnerRef quick)
    {
        ValueTask behind = slow.Hold("slow");
        ValueTask ahead = quick.Hold("quick");
        int first = await Wire.WhenAny([behind, ahead]);
        probe.Note("won");
        await ahead;
        await behind;
        return $"{first}";
    }

    public async WireTask<string> Failing(RunnerRef slow, RunnerRef quick)
    {
        ValueTask<int> behind = slow.Run("slow", 1);
        ValueTask<int> ahead = quick.Fail("quick");
        int first = await Wire.WhenAny(behind, ahead);
        try
        {
            await ahead;
            return "no failure";
        }
        catch (InvalidOperationException e)
        {
            probe.Note("won");
            return $"{first} {e.Message} {await behind}";
        }
    }

    /// <summary>The other one is never awaited.</summary>
    public async WireTask<int> Dropped(RunnerRef slow, RunnerRef quick) => await Wire.WhenAny(slow.Run("slow", 1), quick.Run("quick", 2));

    /// <summary>With a task that is no call.</summary>
    public async WireTask<string> Foreign(RunnerRef slow)
    {
        ValueTask<int> behind = slow.Run("slow", 1);
        var ahead = new ValueTask<int>(AfterAsync(probe.Gate("quick")));
        int first = await Wire.WhenAny(behind, ahead);
        probe.Note("won");
        return $"{first} {await ahead} {await behind}";
    }

    private static async Task<int> AfterAsync(Task gate)
    {
        await gate.ConfigureAwait(false);
        return 20;
    }

    public async WireTask<string> AtOnce(RunnerRef slow)
    {
        ValueTask<int> behind = slow.Run("slow", 1);
        int first = await Wire.WhenAny(behind, new ValueTask<int>(5), new ValueTask<int>(6));
        probe.Note("won");
        return $"{first} {await behind}";
    }

    public async WireTask<string> Refused(RunnerRef runner)
    {
        ValueTask<int> call = runner.Run("open", 1);
        await call;
        string none = "", twice = "";
        try
        {
            await Wire.WhenAny<int>();
        }
        catch (ArgumentException e)
        {
            none = e.Message;
        }

        try
        {
            await Wire.WhenAny(call);
        }
        catch (InvalidOperationException e)
        {
            twice = e.Message;
        }

        return $"{none} {twice}";
    }
}

[Wire]
public partial class Runner(Probe probe)
{
    public async WireTask<int> Run(string gate, int number)
    {
        await probe.Gate(gate);
        return number * 10;
    }

    public async WireTask Hold(string gate) => await probe.Gate(gate);

    public async WireTask<int> Fail(string gate)
    {
        await probe.Gate(gate);
        throw new InvalidOperationException("fell");
    }
}

/// <summary>A method waits for the first of several calls, and still has all of them.</summary>
public sealed class WhenAnyTests
{
    public static TheoryData<string, string, CallMode> Races()
    {
        var races = new TheoryData<string, string, CallMode>();
        foreach (CallMode mode in Enum.GetValues<CallMode>())
        {
            races.Add("race", "1 20 0 10", mode);
            races.Add("untyped", "1", mode);
            races.Add("failing", "1 fell 10", mode);
            races.Add("foreign", "1 20 10", mode);
        }

        return races;
    }

    [Theory]
    [MemberData(nameof(Races))]
    public async Task TheFirstIsToldAndAllCanBeAwaited(string which, string outcome, CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<StarterRef>();
        var slow = node.Get<RunnerRef>("slow");
        var quick = node.Get<RunnerRef>("quick");
        Task<string> race = (which switch
        {
            "race" => wire.Race(slow, quick),
            "untyped" => wire.Untyped(slow, quick),
            "failing" => wire.Failing(slow, quick),
            _ => wire.Foreign(slow),
        }).AsTask();
        await node.Settled(wire);
        Assert.False(race.IsCompleted);
        node.Probe.Open("quick");
        await node.Probe.Reached("won");
        node.Probe.Open("slow");
        Assert.Equal(outcome, await race.Within());
    }

    [Fact]
    public async Task OneThatIsThereWinsAtOnce()
    {
        await using TestNode node = TestNode.Create();
        Task<string> race = node.Get<StarterRef>().AtOnce(node.Get<RunnerRef>("slow")).AsTask();
        await node.Probe.Reached("won");
        node.Probe.Open("slow");
        Assert.Equal("1 10", await race.Within());
    }

    [Fact]
    public async Task OneThatHasLostMayBeLeftAlone()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<StarterRef>();
        for (int i = 0; i < 100; i++)
        {
            Task<int> race = wire.Dropped(node.Get<RunnerRef>($"slow {i}"), node.Get<RunnerRef>($"quick {i}")).AsTask();
            node.Probe.Open("quick");
            Assert.Equal(1, await race.Within());
        }

        node.Probe.Open("slow");
        Assert.EndsWith(" 10", await wire.Race(node.Get<RunnerRef>("slow"), node.Get<RunnerRef>("quick")).Within(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoneAndOneThatWasAwaitedAreRefused()
    {
        await using TestNode node = TestNode.Create();
        node.Probe.Open("open");
        string said = await node.Get<StarterRef>().Refused(node.Get<RunnerRef>("open")).Within();
        Assert.Contains("None of no calls", said, StringComparison.Ordinal);
        Assert.Contains("awaited before", said, StringComparison.Ordinal);
    }

    [Fact]
    public void OutsideAWireItIsRefused()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(static () => { _ = Wire.WhenAny(new ValueTask<int>(1)); });
        Assert.Contains("Wire.WhenAny was used outside a wire", e.Message, StringComparison.Ordinal);
    }
}
