using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;

namespace Wires.Diagnostics;

/// <summary>The activity source and meter "Wires". Names and tags follow OpenTelemetry's conventions; a wire's key is never a tag.</summary>
internal static class Telemetry
{
    public const string Name = "Wires";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> s_duration = Meter.CreateHistogram<double>(
        "wires.call.duration",
        "s",
        "From sending a call to its answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 5e-6, 1e-5, 5e-5, 1e-4, 5e-4, 1e-3, 5e-3, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30] });

    private static readonly Counter<long> s_activations = Meter.CreateCounter<long>("wires.activations", "{wire}", "Wires that came to life.");
    private static readonly Counter<long> s_greedyTurns = Meter.CreateCounter<long>("wires.turns.greedy", "{turn}", "Turns that held a thread too long.");
    private static readonly Histogram<int> s_depth = Meter.CreateHistogram<int>("wires.mailbox.depth", "{message}", "Messages in the mailbox that a call was sent to.");

    private static readonly Counter<long> s_moves = Meter.CreateCounter<long>("wires.moves", "{wire}", "Moves of wires that the balancer has made or tried.");

    private static readonly Histogram<double> s_migrationDuration = Meter.CreateHistogram<double>(
        "wires.migration.duration",
        "s",
        "How long a wire that has left this node for another one stood still.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });

    private static bool s_isEnabled;

    /// <summary>
    /// Whether anybody traces or measures calls. Asked at every call, so it is one flag, which the watchdog refreshes some hundred times a second:
    /// neither listeners of sources nor of instruments can be told of in any other way.
    /// </summary>
    public static bool IsEnabled
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_isEnabled;
    }

    /// <summary>Looks whether anybody listens.</summary>
    public static void Refresh() => s_isEnabled = s_duration.Enabled || Source.HasListeners() || s_depth.Enabled;

    /// <summary>Notes what flows with a call: the caller's trace, and the time where somebody measures.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Sending(WireCall call)
    {
        Activity? current = Activity.Current;
        if (Source.HasListeners())
        {
            WireMethod method = call.Method;
            Activity? activity = Source.CreateActivity(method.ToString(), ActivityKind.Internal);
            if (activity is not null)
            {
                activity.SetTag("wires.type", method.Type?.Name);
                activity.SetTag("wires.method", method.Name);
                activity.Start();
                Activity.Current = current;
                current = activity;
                call.Span = activity;
            }
        }

        call.TraceParent = current;
        // A listener may be newer than the flag; a span that was started is stopped in any case.
        if (IsEnabled || call.Span is not null)
        {
            call.SentAt = Stopwatch.GetTimestamp();
        }

        if (s_depth.Enabled && call.Handle?.Plain.Activation is { } activation)
        {
            s_depth.Record(activation.Depth, new KeyValuePair<string, object?>("wires.type", call.Method.Type?.Name));
        }
    }

    /// <summary>A call has come in from another node, with the trace of its caller.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Received(WireCall call, string traceParent, string? traceState)
    {
        if (!ActivityContext.TryParse(traceParent, traceState, isRemote: true, out ActivityContext parent))
        {
            return;
        }

        Activity? outer = Activity.Current;
        WireMethod method = call.Method;
        Activity? activity = Source.CreateActivity(method.ToString(), ActivityKind.Server, parent);
        if (activity is not null)
        {
            activity.SetTag("wires.type", method.Type?.Name);
            activity.SetTag("wires.method", method.Name);
            call.Span = activity;
            call.SentAt = Stopwatch.GetTimestamp();
        }
        else
        {
            // Nobody listens here; the trace flows on all the same.
            activity = new Activity(method.Name).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = traceState;
        }

        activity.Start();
        Activity.Current = outer;
        call.TraceParent = activity;
    }

    /// <summary>A measured call has been answered, or has ended where nobody is answered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Answered(WireCall call, Exception? error)
    {
        WireMethod method = call.Method;
        if (s_duration.Enabled)
        {
            var tags = new TagList { { "wires.type", method.Type?.Name }, { "wires.method", method.Name } };
            if (error is not null)
            {
                tags.Add("error.type", error.GetType().FullName);
            }

            s_duration.Record(Stopwatch.GetElapsedTime(call.SentAt).TotalSeconds, tags);
        }

        if (call.Span is { } span)
        {
            call.Span = null;
            if (error is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, error.Message);
                span.SetTag("error.type", error.GetType().FullName);
            }

            span.Stop();
        }
    }

    public static void Activated(WireType type) => s_activations.Add(1, new KeyValuePair<string, object?>("wires.type", type.Name));

    public static void Moved(Wires.Balancing.BalancingReason reason, PinKind pin) =>
        s_moves.Add(1, new KeyValuePair<string, object?>("wires.reason", reason.ToString()), new KeyValuePair<string, object?>("wires.outcome", pin == PinKind.None ? "Moved" : pin.ToString()));

    public static void Migrated(WireType type, TimeSpan pause) => s_migrationDuration.Record(pause.TotalSeconds, new KeyValuePair<string, object?>("wires.type", type.Name));

    public static void GreedyTurn(WireType type, string method) =>
        s_greedyTurns.Add(1, new KeyValuePair<string, object?>("wires.type", type.Name), new KeyValuePair<string, object?>("wires.method", method));
}
