using System.Globalization;
using Wires.Balancing;
using Wires.Simulator;

var names = new List<string>();
var sizes = new List<int>();
int seed = 1;
string? graph = null;
bool explain = false;
bool trace = false;
for (int i = 0; i < args.Length; i++)
{
    string? value = i + 1 < args.Length ? args[i + 1] : null;
    switch (args[i])
    {
        case "--nodes" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int nodes) && nodes > 0:
            sizes.Add(nodes);
            i++;
            break;
        case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
            i++;
            break;
        case "--graph" when value is not null:
            graph = value;
            i++;
            break;
        case "--explain":
            explain = true;
            break;
        case "--trace":
            trace = true;
            break;
        default:
            names.Add(args[i]);
            break;
    }
}

string[] unknown = [.. names.Where(static name => Scenarios.All.All(scenario => scenario.Name != name))];
if (unknown.Length > 0 || (names.Contains("graph") && !File.Exists(graph)))
{
    Console.Error.WriteLine(unknown.Length > 0 ? $"Unknown: {string.Join(", ", unknown)}." : "The graph scenario needs an edge-list file: --graph FILE.");
    Console.Error.WriteLine("dotnet run -c Release --project Wires.Simulator -- [SCENARIO...] [--nodes N]... [--seed S] [--graph FILE] [--trace] [--explain]");
    foreach (Scenario scenario in Scenarios.All)
    {
        Console.Error.WriteLine($"  {scenario.Name,-12} {scenario.What}");
    }

    return 2;
}

if (names.Count == 0)
{
    names.AddRange(Scenarios.All.Select(static scenario => scenario.Name).Where(name => name != "graph" || graph is not null));
}

ResultTable.PrintHeader(Console.Out);
foreach (Scenario scenario in Scenarios.All.Where(scenario => names.Contains(scenario.Name)))
{
    int[] usual = scenario.Name == "graph" ? [4] : [3, 32, 256, 1024];
    foreach (int nodes in sizes.Count > 0 ? [.. sizes] : usual)
    {
        Result result = ScenarioRun.Run(scenario, nodes, seed, scenario.Name == "graph" ? graph : null, onDecision: explain ? static decision => Console.WriteLine(decision) : null, trace: trace ? Trace : null);
        ResultTable.Print(Console.Out, result);
    }
}

return 0;

static void Trace(ScenarioRun run)
{
    (TimeSpan at, double imbalance, long moves, double remote) = run.Latest;
    if (at.TotalSeconds % 1 == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,6:0.0} s  max/mean {imbalance:0.000}  moves {moves}  remote {remote * 100:0.0} %"));
    }
}
