#pragma warning disable CA2201, CA2208 // Throws all that user code may throw.

using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What a caller gets of a method that fails.</summary>
public sealed class FailureTests
{
    public static TheoryData<CallMode, FailureStyle> Styles()
    {
        var data = new TheoryData<CallMode, FailureStyle>();
        foreach (CallMode mode in Enum.GetValues<CallMode>())
        {
            foreach (FailureStyle style in Enum.GetValues<FailureStyle>())
            {
                data.Add(mode, style);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task ExceptionsKeepTheirTypeAndTheWireLivesOn(CallMode mode, FailureStyle style)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FailingRef>();
        await wire.Count().Within();
        var argument = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Fail(wire, style, "argument").Within());
        Assert.Equal("amount", argument.ParamName);
        Assert.StartsWith("Too much", argument.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Fail(wire, style, "operation").Within());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Fail(wire, style, "key").Within());
        await Assert.ThrowsAsync<NullReferenceException>(() => Fail(wire, style, "null").Within());
        await Assert.ThrowsAsync<OperationCanceledException>(() => Fail(wire, style, "canceled").Within());
        var own = await Assert.ThrowsAsync<OwnException>(() => Fail(wire, style, "own").Within());
        Assert.Equal("Mine", own.Message);
        Assert.IsType<FormatException>(own.InnerException);
        var unknown = await Assert.ThrowsAsync<WireCallException>(() => Fail(wire, style, "unknown").Within());
        Assert.Equal(typeof(UnbuildableException).FullName, unknown.ExceptionType);
        Assert.Contains("Unbuildable 42", unknown.Message, StringComparison.Ordinal);
        var aggregate = await Assert.ThrowsAsync<AggregateException>(() => Fail(wire, style, "aggregate").Within());
        Assert.Equal([typeof(FormatException), typeof(OwnException)], aggregate.InnerExceptions.Select(static e => e.GetType()));
        Assert.Equal(8, await wire.Count().Within());
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task TheStackOfTheWiresSideIsInTheException(CallMode mode, FailureStyle style)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FailingRef>("key");
        await wire.Count().Within();
        string text = (await Assert.ThrowsAsync<InvalidOperationException>(() => Fail(wire, style, "operation").Within())).ToString();
        Assert.Contains("DeepInTheWire", text, StringComparison.Ordinal);
        Assert.Contains("Failing/key", text, StringComparison.Ordinal);
        Assert.Contains("on node test", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task ExceptionsReachAWireThatCalls(CallMode mode, FailureStyle style)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FailingRef>();
        var user = node.Get<FailingUserRef>();
        Assert.Equal("OwnException: Mine", await user.Catch(wire, style, "own").Within());
        Assert.Equal("OperationCanceledException: Stop", await user.Catch(wire, style, "canceled").Within());
        await Assert.ThrowsAsync<OwnException>(() => user.PassOn(wire, style, "own").Within());
        Assert.Equal(3, await wire.Count().Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task TheCallerGetsAnExceptionOfItsOwn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FailingRef>();
        await wire.Count().Within();
        Exception first = await Assert.ThrowsAsync<InvalidOperationException>(() => wire.ThrowKept().Within());
        Exception second = await Assert.ThrowsAsync<InvalidOperationException>(() => wire.ThrowKept().Within());
        Assert.NotSame(first, second);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AOneWayFailureIsLoggedNotThrown(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<FailingRef>();
        await wire.Count().Within();
        await wire.FailOneWay().Within();
        await wire.FailOneWayLater().Within();
        await Waits.Until(() => node.Log.Of("OneWayFailed").Count == 2);
        Assert.All(node.Log.Of("OneWayFailed"), static entry => Assert.IsType<OwnException>(entry.Exception));
        Assert.Equal(2, await wire.Count().Within());
    }

    [Fact]
    public async Task ATickThatFailsIsLoggedAndTheNextOneComes()
    {
        await using TestNode node = TestNode.Create();
        var wire = node.Get<FailingTickerRef>();
        await wire.Wake().Within();
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await Waits.Until(() => node.Log.Of("TickFailed").Count == 1);
        await node.Settled(wire);
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await Waits.Until(() => node.Log.Of("TickFailed").Count == 2);
    }

    [Fact]
    public async Task AStreamThatFailsGivesItsItemsFirst()
    {
        await using TestNode node = TestNode.Create();
        List<int> items = [];
        await Assert.ThrowsAsync<OwnException>(async () =>
        {
            await foreach (int item in node.Get<FailingRef>().FailingStream())
            {
                items.Add(item);
            }
        });
        Assert.Equal([1, 2], items);
    }

    private static ValueTask Fail(FailingRef wire, FailureStyle style, string what) => Failing.Call(wire, style, what);
}

public enum FailureStyle
{
    Sync,
    WireTaskBeforeAwait,
    WireTaskAfterAwait,
    TaskBeforeAwait,
    TaskAfterAwait,
    ValueTaskAfterAwait,
}

public sealed class OwnException(string message, Exception? inner = null) : Exception(message, inner);

public sealed class UnbuildableException(int number) : Exception($"Unbuildable {number}");

[Wire]
public partial class Failing
{
    private static readonly InvalidOperationException s_kept = new("kept");

    private int _count;

    public void Sync(string what) => DeepInTheWire(what);

    public async WireTask ByWireTask(string what, bool late)
    {
        if (late)
        {
            await Wire.Yield();
        }

        DeepInTheWire(what);
        await Wire.Yield();
    }

    public async Task ByTask(string what, bool late)
    {
        if (late)
        {
            await Task.Yield();
        }

        DeepInTheWire(what);
        await Task.Yield();
    }

    public async ValueTask ByValueTask(string what)
    {
        await Task.Yield();
        DeepInTheWire(what);
    }

    public void ThrowKept() => throw s_kept;

    [OneWay]
    public void FailOneWay() => DeepInTheWire("own");

    [OneWay]
    public async WireTask FailOneWayLater()
    {
        await Wire.Yield();
        DeepInTheWire("own");
    }

    public async IAsyncEnumerable<int> FailingStream()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        DeepInTheWire("own");
    }

    public int Count() => _count;

    internal static ValueTask Call(FailingRef wire, FailureStyle style, string what) => style switch
    {
        FailureStyle.Sync => wire.Sync(what),
        FailureStyle.WireTaskBeforeAwait => wire.ByWireTask(what, late: false),
        FailureStyle.WireTaskAfterAwait => wire.ByWireTask(what, late: true),
        FailureStyle.TaskBeforeAwait => wire.ByTask(what, late: false),
        FailureStyle.TaskAfterAwait => wire.ByTask(what, late: true),
        _ => wire.ByValueTask(what),
    };

    private void DeepInTheWire(string what)
    {
        _count++;
        throw what switch
        {
            "argument" => new ArgumentOutOfRangeException("amount", 42, "Too much"),
            "operation" => new InvalidOperationException("Not now"),
            "key" => new KeyNotFoundException("No key"),
            "null" => new NullReferenceException("Nothing"),
            "canceled" => new OperationCanceledException("Stop"),
            "own" => new OwnException("Mine", new FormatException("Inner")),
            "unknown" => new UnbuildableException(42),
            _ => new AggregateException("Many", new FormatException("One"), new OwnException("Two")),
        };
    }
}

[Wire]
public partial class FailingUser
{
    public async WireTask<string> Catch(FailingRef wire, FailureStyle style, string what)
    {
        try
        {
            await Failing.Call(wire, style, what);
            return "nothing";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    public async WireTask PassOn(FailingRef wire, FailureStyle style, string what) => await Failing.Call(wire, style, what);
}

[Wire]
public partial class FailingTicker
{
    public void Wake()
    {
    }

    [Every("00:00:01")]
    private void Tick() => throw new OwnException("tick");
}
