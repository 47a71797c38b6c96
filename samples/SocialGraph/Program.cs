using System.CommandLine;
using System.Globalization;
using SocialGraph;
using SocialGraph.Graphs;
using SocialGraph.View;
using Spectre.Console;
using Wires;

// PageRank with a wire per vertex, and what the balancer makes of it:
//
//   dotnet run -c Release --project samples/SocialGraph
//   dotnet run -c Release --project samples/SocialGraph -- friends.txt
//   dotnet run -c Release --project samples/SocialGraph -- --redis localhost:6379                      (some of these, on any machines)
//   dotnet run -c Release --project samples/SocialGraph -- --redis localhost:6379 --run friends.txt    (and one of these)

const int GeneratedVertices = 2400;
const int GeneratedCommunities = 32;
const int GeneratedDegree = 24;
const double GeneratedOutside = 0.05;

var file = new Argument<FileInfo?>("file") { Description = "An edge list: the names of two vertices a line. Default: a generated graph with communities.", Arity = ArgumentArity.ZeroOrOne };
var seed = new Option<int>("--seed") { Description = "Of the generated graph: the same seed makes the same graph.", DefaultValueFactory = _ => 1 };
var nodes = new Option<int>("--nodes") { Description = "How many nodes this process starts.", DefaultValueFactory = _ => 4 };
var rounds = new Option<int>("--rounds") { Description = "Rounds of a run of PageRank.", DefaultValueFactory = _ => 50 };
var hold = new Option<int>("--hold") { Description = "For how many seconds all vertices stay where their hash puts them.", DefaultValueFactory = _ => 10 };
var seconds = new Option<int>("--seconds") { Description = "For how many seconds they may move after that.", DefaultValueFactory = _ => 60 };
var redis = new Option<string?>("--redis") { Description = "Joins the cluster of processes that share this Redis (host:port), as a node that hosts vertices." };
var run = new Option<bool>("--run") { Description = "With --redis: has the cluster compute the ranks." };
var listen = new Option<string?>("--listen") { Description = "With --redis: the address and port for other nodes. Default: a free port of the local address of the Redis connection." };
var secret = new Option<string?>("--secret") { Description = "With --redis: what the nodes prove to each other that they know. Default: a random one, left in Redis by the first node." };
nodes.Validators.Add(result => AtLeastOne(result.GetValue(nodes), "--nodes", result.AddError));
rounds.Validators.Add(result => AtLeastOne(result.GetValue(rounds), "--rounds", result.AddError));
hold.Validators.Add(result => AtLeastOne(result.GetValue(hold), "--hold", result.AddError));
seconds.Validators.Add(result => AtLeastOne(result.GetValue(seconds), "--seconds", result.AddError));

var root = new RootCommand("Computes PageRank with a wire per vertex, on a cluster of nodes, and shows how many messages cross nodes.") { file, seed, nodes, rounds, hold, seconds, redis, run, listen, secret };
root.SetAction(async (arguments, cancellation) =>
{
    try
    {
        return await RunAsync(arguments, cancellation);
    }
    catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
    {
        return 130; // As a shell says that a program was interrupted.
    }
    catch (Exception e) when (e is WireException or WireTimeoutException or TimeoutException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});

return await root.Parse(args).InvokeAsync();

async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
{
    var settings = new GraphSettings(arguments.GetValue(nodes), arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(hold)), TimeSpan.FromSeconds(arguments.GetValue(seconds)));
    JoinSettings? join = arguments.GetValue(redis) is { } connection ? new JoinSettings(connection, arguments.GetValue(listen), arguments.GetValue(secret)) : null;
    if (join is not null && !arguments.GetValue(run))
    {
        await ClusterProcess.HostAsync(join, Console.Out, cancellation);
        return 0;
    }

    FileInfo? edges = arguments.GetValue(file);
    if (Load(edges, arguments.GetValue(seed)) is not { } graph)
    {
        return 1;
    }

    string name = edges?.Name ?? $"generated, seed {arguments.GetValue(seed)}";
    string place = join is null ? $"{settings.Nodes} nodes in this process" : "the cluster";
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {graph.Vertices:N0} vertices, {graph.Edges:N0} edges, on {place}"));
    IRunView view = Console.IsOutputRedirected ? new PlainView(Console.Out) : new LiveView(AnsiConsole.Console);
    return await (join is null ? LocalShow.RunAsync(settings, graph, view, Console.Out, cancellation) : ClusterProcess.RunAsync(join, settings, graph, view, Console.Out, cancellation)) ? 0 : 1;
}

static void AtLeastOne(int value, string option, Action<string> addError)
{
    if (value < 1)
    {
        addError($"{option} must be at least 1.");
    }
}

static Graph? Load(FileInfo? file, int seed)
{
    if (file is null)
    {
        return PlantedPartition.Create(GeneratedVertices, GeneratedCommunities, GeneratedDegree, GeneratedOutside, seed);
    }

    try
    {
        return EdgeListReader.ReadFile(file.FullName);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or EdgeListException)
    {
        Console.Error.WriteLine(e.Message);
        return null;
    }
}
