using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wires.Diagnostics;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>What listeners hear. They hear all nodes of the process: so these tests run alone.</summary>
[Collection(Quiet.Name)]
public sealed class TelemetryTests
{
    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CallsAreMeasuredByTypeAndMethodNeverByKey(CallMode mode)
    {
        var measured = new ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "Wires")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.Start();
        Telemetry.Refresh();
        await using TestNode node = TestNode.Create(mode);
        var wire = node.Get<MeasuredRef>("secret key");
        await wire.Echo(1).Within();
        await Assert.ThrowsAsync<OwnException>(() => wire.Fail().Within());
        await wire.Tell().Within();
        await node.Probe.Reached("told");
        await node.Settled(wire);
        await Waits.Until(() => measured.Count(static m => m.Instrument == "wires.call.duration") == 3);
        var calls = measured.Where(static m => m.Instrument == "wires.call.duration").ToList();
        Assert.Equal(["Echo", "Fail", "Tell"], calls.Select(static call => call.Tags["wires.method"]));
        Assert.All(calls, static call =>
        {
            Assert.Equal(typeof(Measured).FullName, call.Tags["wires.type"]);
            Assert.InRange(call.Value, 0, 60);
        });
        Assert.Equal(typeof(OwnException).FullName, calls[1].Tags["error.type"]);
        Assert.False(calls[0].Tags.ContainsKey("error.type"));
        Assert.Single(measured, static m => m.Instrument == "wires.activations");
        Assert.Contains(measured, static m => m.Instrument == "wires.mailbox.depth");
        Assert.DoesNotContain(measured, static m => m.Tags.Values.Any(static value => value is string text && text.Contains("secret", StringComparison.Ordinal)));

        // Other tests' wires may still be at work.
        void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> all = new(tags.ToArray());
            if (all.GetValueOrDefault("wires.type") is string type && type == typeof(Measured).FullName)
            {
                measured.Enqueue((instrument.Name, value, all));
            }
        }
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CallsAreSpansThatNestAsTheCallsDo(CallMode mode)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Wires",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                // Other tests' wires may still be at work.
                if (span.OperationName.Contains("Measured", StringComparison.Ordinal))
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        Telemetry.Refresh();
        await using TestNode node = TestNode.Create(mode);
        using var root = new Activity("root").SetIdFormat(ActivityIdFormat.W3C).Start();
        await node.Get<MeasuredUserRef>().Call(node.Get<MeasuredRef>("inner")).Within();
        Assert.Same(root, Activity.Current);
        await Waits.Until(() => spans.Count >= 3, $"three spans; there were {string.Join(", ", spans.Select(static span => span.OperationName))}");
        Assert.Equal(3, spans.Count);
        Activity call = spans.Single(static span => span.OperationName.EndsWith("MeasuredUser.Call(Wires.Tests.Runtime.MeasuredRef)", StringComparison.Ordinal));
        Activity echo = spans.Single(static span => span.OperationName.EndsWith("Measured.Echo(int)", StringComparison.Ordinal));
        Activity fail = spans.Single(static span => span.OperationName.EndsWith("Measured.Fail()", StringComparison.Ordinal));
        Assert.Equal(root.SpanId, call.ParentSpanId);
        Assert.Equal([call.SpanId, call.SpanId], new[] { echo.ParentSpanId, fail.ParentSpanId });
        Assert.Equal(ActivityStatusCode.Error, fail.Status);
        Assert.Equal("Echo", echo.GetTagItem("wires.method"));
        Assert.Equal(typeof(Measured).FullName, echo.GetTagItem("wires.type"));
    }
}

[Wire]
public partial class Measured(Probe probe)
{
    public int Echo(int value) => value;

    public void Fail() => throw new OwnException("measured");

    [OneWay]
    public void Tell() => probe.Note("told");
}

[Wire]
public partial class MeasuredUser
{
    public async WireTask Call(MeasuredRef wire)
    {
        _ = await wire.Echo(1);
        try
        {
            await wire.Fail();
        }
        catch (OwnException)
        {
        }
    }
}
