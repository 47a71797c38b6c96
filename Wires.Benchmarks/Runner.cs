using System.Diagnostics;

namespace Wires.Benchmarks;

/// <summary>Warms up, then takes five runs of ours and of the limit in turn, so that both see the same machine.</summary>
internal static class Runner
{
    private const int Runs = 5;
    private const int Attempts = 3;
    private const double Disturbed = 1.5;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_warmUpMeasured = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(15);

    public static async Task<Row> RunAsync(Benchmark benchmark)
    {
        await WarmUpAsync(benchmark.Ours);
        if (benchmark.Limit is not null)
        {
            await WarmUpAsync(benchmark.Limit);
        }

        Row row = await MeasureAsync(benchmark);
        for (int attempt = 1; attempt < Attempts && IsDisturbed(benchmark, row); attempt++)
        {
            Console.Error.WriteLine($"{benchmark.Name}: the limit came out at {row.Limit:N1}, {Disturbed} x that of the reference machine or worse ({benchmark.KnownLimit:N1}); again.");
            row = await MeasureAsync(benchmark);
        }

        return row;
    }

    private static async Task WarmUpAsync(Func<ValueTask<Sample>> run)
    {
        // Runs until the tiers of the JIT compiler have settled: they are counted in calls and in time. Where what is measured is a small part of a run, as a gap or a move is, it takes
        // more of them: 1,000 wires moved twice as fast after 10 s as after 5.
        long start = Stopwatch.GetTimestamp();
        var measured = TimeSpan.Zero;
        for (int i = 0; i < 3 || IsCold(Stopwatch.GetElapsedTime(start), measured); i++)
        {
            measured += (await run()).Elapsed;
        }
    }

    private static bool IsCold(TimeSpan elapsed, TimeSpan measured) => elapsed < s_warmUp || (measured < s_warmUpMeasured && elapsed < s_longestWarmUp);

    private static async Task<Row> MeasureAsync(Benchmark benchmark)
    {
        var ours = new List<double>(Runs);
        var limits = new List<double>(Runs);
        var bytes = new List<double>(Runs);
        for (int i = 0; i < Runs; i++)
        {
            Settle();
            Sample sample = await benchmark.Ours();
            ours.Add(Value(benchmark.Unit, sample));
            bytes.Add((double)sample.Bytes / sample.Operations);
            if (benchmark.Limit is not null)
            {
                Settle();
                limits.Add(Value(benchmark.Unit, await benchmark.Limit()));
            }
        }

        double median = Median(ours);
        double? limit = limits.Count > 0 ? Median(limits) : null;
        double? ratio = limit is null ? null : benchmark.Unit == Unit.PerSecond ? limit / median : median / limit;
        return new Row(benchmark.Name, UnitName(benchmark.Unit), Round(median), Round(ours.Min()), Round(ours.Max()), Round(Median(bytes)), limit is { } l ? Round(l) : null, ratio is { } r ? Round(r) : null);
    }

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static bool IsDisturbed(Benchmark benchmark, Row row) => (row.Limit, benchmark.KnownLimit) switch
    {
        ({ } limit, { } known) => benchmark.Unit == Unit.PerSecond ? limit * Disturbed < known : limit > known * Disturbed,
        _ => false,
    };

    private static double Value(Unit unit, Sample sample) => unit switch
    {
        Unit.Nanoseconds => sample.Elapsed.TotalNanoseconds / sample.Operations,
        Unit.PerSecond => sample.Operations / sample.Elapsed.TotalSeconds,
        _ => (double)sample.Bytes / sample.Operations,
    };

    private static string UnitName(Unit unit) => unit switch
    {
        Unit.Nanoseconds => "ns",
        Unit.PerSecond => "/s",
        _ => "B",
    };

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static double Round(double value) => Math.Round(value, value < 100 ? 2 : 0);
}
