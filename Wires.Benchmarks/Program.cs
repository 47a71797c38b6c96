using Wires.Benchmarks;
using Wires.Benchmarks.Remote;
using Wires.Benchmarks.Workloads;

if (args is ["--serve", var redis])
{
    await RemotePair.ServeAsync(redis);
    return 0;
}

string? file = null;
var names = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--json" && i + 1 < args.Length)
    {
        file = args[++i];
    }
    else
    {
        names.Add(args[i]);
    }
}

IReadOnlyList<Benchmark> all = [.. AskBenchmarks.All, .. OneWayBenchmarks.All, .. ActivationBenchmarks.All, .. SerializationBenchmarks.All, .. RemoteBenchmarks.All, .. StreamBenchmarks.All, .. MigrationBenchmarks.All];
if (names.Count == 0 && file is null)
{
    Console.WriteLine("dotnet run -c Release --project Wires.Benchmarks -- NAME... [--json FILE]     (all: every benchmark)");
    foreach (Benchmark benchmark in all)
    {
        Console.WriteLine($"  {benchmark.Name,-22} {benchmark.What}");
    }

    return 0;
}

bool everything = names.Count == 0 || names.Contains("all");
string[] unknown = [.. names.Where(name => name != "all" && all.All(benchmark => benchmark.Name != name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. Without a name, the list is printed.");
    return 2;
}

var rows = new List<Row>();
foreach (Benchmark benchmark in all.Where(benchmark => everything || names.Contains(benchmark.Name)))
{
    Row row = await Runner.RunAsync(benchmark);
    rows.Add(row);
    Report.Print(row);
    if (file is not null)
    {
        Report.Write(file, rows);
    }
}

await RemotePair.StopSharedAsync();
return 0;
