namespace Wires.Benchmarks.Workloads;

internal static class SerializationBenchmarks
{
    public static IEnumerable<Benchmark> All => [];
}
