#pragma warning disable WIRE1008 // Does what no wire should, to see that it has no effect.

using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>The trace flows from caller to wire, and nothing else of the caller's context does.</summary>
public sealed class ContextTests
{
    internal static readonly AsyncLocal<string?> Local = new();

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task TheCallersTraceFlowsIntoTurnsContinuationsAndNestedCalls(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>("a");
        await wire.Wake().Within();
        await node.Get<ContextualRef>("b").Wake().Within();
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        string trace = activity.TraceId.ToString();
        Assert.Equal(Repeat(trace, 4), await wire.Traces(node.Get<ContextualRef>("b")).Within());
        Assert.Equal(Repeat(trace, 4), await wire.TracesByTask(node.Get<ContextualRef>("b")).Within());
        Assert.Same(activity, Activity.Current);
        activity.Stop();
        Assert.Equal(Repeat("", 4), await wire.Traces(node.Get<ContextualRef>("b")).Within());
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task InterleavedCallsKeepTheirOwnTraces(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>("a");
        await wire.Wake().Within();
        List<(string Trace, Task<string> Call)> calls = [];
        for (int i = 0; i < 5; i++)
        {
            var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
            calls.Add((activity.TraceId.ToString(), (i % 2 == 0 ? wire.TraceAfter($"gate {i}") : wire.TraceAfterInTask($"gate {i}")).AsTask()));
            Activity.Current = null;
            await node.Probe.Reached($"gate {i}");
        }

        for (int i = calls.Count - 1; i >= 0; i--)
        {
            node.Probe.Open($"gate {i}");
            Assert.Equal(calls[i].Trace, await calls[i].Call.Within());
        }
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task NothingElseOfTheCallersContextFlows(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>();
        await wire.Wake().Within();
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("fr-CA");
            Local.Value = "caller's";
            Assert.Equal(mode.ToString(), await wire.Look(mode.ToString()));
            Assert.Equal(mode.ToString(), await wire.LookLater(mode.ToString()));
            Assert.Equal(mode.ToString(), await wire.LookByTask(mode.ToString()));
            Assert.Equal("caller's", Local.Value);
            Assert.Equal("fr-CA", CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        }

        node.AssertClean();
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task NothingOfTheCalleesContextReachesTheCallerOrTheNextTurn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>();
        var user = node.Get<ContextUserRef>();
        await wire.Wake().Within();
        string culture = CultureInfo.CurrentCulture.Name;
        SynchronizationContext? synchronization = SynchronizationContext.Current;
        ValueTask pollute = wire.Pollute();
        Assert.Null(Local.Value);
        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        Assert.Same(synchronization, SynchronizationContext.Current);
        Assert.Null(Activity.Current);
        await pollute;
        Assert.Equal("clean", await wire.Look("clean").Within());
        await user.CallPolluter(wire).Within();
        Assert.Equal("clean", await user.Look("clean").Within());
        node.AssertClean();
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CallersWithSuppressedFlowAreServedAndKeepTheirState(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>();
        await wire.Wake().Within();
        Local.Value = "caller's";
        Task<string> look;
        using (ExecutionContext.SuppressFlow())
        {
            look = wire.Look("seen").AsTask();
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.Equal("seen", await look.Within());
        Assert.Equal("caller's", Local.Value);
        node.AssertClean();
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task TheCallersSynchronizationContextGetsItsContinuationBack(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<ContextualRef>();
        await wire.Wake().Within();
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        Task<string> held;
        try
        {
            SynchronizationContext.SetSynchronizationContext(context);
            held = Await(wire.TraceAfter("gate"));
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await node.Probe.Reached("gate");
        node.Probe.Open("gate");
        await held.Within();
        Assert.Equal(1, context.Posts);

        static async Task<string> Await(ValueTask<string> call) => await call;
    }

    private static string Repeat(string what, int times) => string.Join(' ', Enumerable.Repeat(what, times));

    private sealed class CountingContext : SynchronizationContext
    {
        public int Posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref Posts);
            base.Post(d, state);
        }
    }
}

[Wire]
public partial class Contextual(Probe probe)
{
    public void Wake()
    {
    }

    public async WireTask<string> Traces(ContextualRef other)
    {
        string first = Trace();
        await Wire.Yield();
        string second = Trace();
        string third = await other.TraceNow();
        return $"{first} {second} {third} {Trace()}";
    }

    public async Task<string> TracesByTask(ContextualRef other)
    {
        string first = Trace();
        await Task.Yield();
        string second = Trace();
        string third = await other.TraceNow();
        return $"{first} {second} {third} {Trace()}";
    }

    [Interleave]
    public string TraceNow() => Trace();

    [Interleave]
    public async WireTask<string> TraceAfter(string gate)
    {
        probe.Note(gate);
        await probe.Gate(gate);
        return Trace();
    }

    [Interleave]
    public async Task<string> TraceAfterInTask(string gate)
    {
        probe.Note(gate);
        await probe.Gate(gate);
        return Trace();
    }

    public string Look(string answer)
    {
        LookAround(probe, "a turn");
        return answer;
    }

    public async WireTask<string> LookLater(string answer)
    {
        LookAround(probe, "a turn");
        await Wire.Yield();
        LookAround(probe, "after a yield");
        await Task.Yield();
        LookAround(probe, "after a foreign task");
        return answer;
    }

    public async Task<string> LookByTask(string answer)
    {
        LookAround(probe, "a turn of a task");
        await Task.Yield();
        LookAround(probe, "a continuation of a task");
        return answer;
    }

    public void Pollute()
    {
        ContextTests.Local.Value = "wire's";
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("de-CH");
        _ = new Activity("left running").Start();
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
    }

    internal static void LookAround(Probe probe, string where)
    {
        if (ContextTests.Local.Value is { } value)
        {
            probe.Fail($"AsyncLocal is '{value}' in {where}");
        }

        if (CultureInfo.CurrentCulture.Name is "fr-CA" or "de-CH")
        {
            probe.Fail($"Culture is {CultureInfo.CurrentCulture} in {where}");
        }

        if (Wire.Self.Id.Key.IsDefault || SynchronizationContext.Current is null)
        {
            probe.Fail($"No turn in {where}");
        }
    }

    private static string Trace() => Activity.Current?.TraceId.ToString() ?? "";
}

[Wire]
public partial class ContextUser(Probe probe)
{
    public async WireTask CallPolluter(ContextualRef wire)
    {
        SynchronizationContext? synchronization = SynchronizationContext.Current;
        ValueTask call = wire.Pollute();
        Contextual.LookAround(probe, "the caller's turn");
        if (SynchronizationContext.Current != synchronization)
        {
            probe.Fail("The caller's synchronization context has changed.");
        }

        await call;
        Contextual.LookAround(probe, "the caller's turn, later");
    }

    public string Look(string answer)
    {
        Contextual.LookAround(probe, "the caller's next call");
        return answer;
    }
}
