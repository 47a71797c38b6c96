namespace Wires.Benchmarks;

/// <summary>How a figure is read.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds an operation: less is better.</summary>
    Nanoseconds,

    /// <summary>Operations a second: more is better.</summary>
    PerSecond,

    /// <summary>Bytes an operation or object: less is better.</summary>
    Bytes,
}

/// <summary>One counted run: so many operations in so long, with so many bytes allocated (or retained).</summary>
internal readonly record struct Sample(long Operations, TimeSpan Elapsed, long Bytes);

/// <summary>One row of the report: our way, and the mechanical minimum that it is held against.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="What">A line for the list.</param>
/// <param name="Ours">One run of ours.</param>
/// <param name="Limit">One run of the limit; null where there is none.</param>
/// <param name="KnownLimit">What the limit measured on the reference machine, in <paramref name="Unit"/>: a run far above it was disturbed.</param>
internal sealed record Benchmark(string Name, Unit Unit, string What, Func<ValueTask<Sample>> Ours, Func<ValueTask<Sample>>? Limit, double? KnownLimit = null);
