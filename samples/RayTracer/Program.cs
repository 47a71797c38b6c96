using System.CommandLine;
using RayTracer;
using RayTracer.Geometry;
using RayTracer.Tracing;
using RayTracer.View;
using Spectre.Console;

// A ray tracer whose tiles are wires. Without options it shows a cluster of four nodes in this process; with --redis it is a node of a cluster of processes:
//
//   dotnet run -c Release --project samples/RayTracer
//   dotnet run -c Release --project samples/RayTracer -- --obj teapot.obj
//   dotnet run -c Release --project samples/RayTracer -- --redis localhost:6379            (some of these, on any machines)
//   dotnet run -c Release --project samples/RayTracer -- --redis localhost:6379 --render   (and one of these)

const int MaxMeshBytes = 60 * 1024 * 1024;

var obj = new Option<FileInfo?>("--obj") { Description = "The Wavefront OBJ file to render, y upwards. Default: a built-in scene." };
var size = new Option<PictureSize>("--size")
{
    Description = "The picture's size, as 640x480.",
    DefaultValueFactory = _ => new PictureSize(640, 480),
    CustomParser = static result =>
    {
        if (!PictureSize.TryParse(result.Tokens[0].Value, out PictureSize value))
        {
            result.AddError($"'{result.Tokens[0].Value}' is no size: it is written as 640x480, each up to {PictureSize.Max}.");
        }

        return value;
    },
};
var samples = new Option<int>("--samples") { Description = "Samples for each pixel: the more, the less noise, and the more work.", DefaultValueFactory = _ => 12 };
var nodes = new Option<int>("--nodes") { Description = "How many nodes this process starts with.", DefaultValueFactory = _ => 4 };
var output = new Option<FileInfo>("--output") { Description = "Where the picture is written, as PNG.", DefaultValueFactory = _ => new FileInfo("picture.png") };
var noBaseline = new Option<bool>("--no-baseline") { Description = "Does not render the picture by one node first, to compare." };
var redis = new Option<string?>("--redis") { Description = "Joins the cluster of processes that share this Redis (host:port), as a node that hosts tiles." };
var render = new Option<bool>("--render") { Description = "With --redis: has the cluster render the picture." };
var listen = new Option<string?>("--listen") { Description = "With --redis: the address and port for other nodes. Default: a free port of the local address of the Redis connection." };
var secret = new Option<string?>("--secret") { Description = "With --redis: what the nodes prove to each other that they know. Default: a random one, left in Redis by the first node." };
var workers = new Option<double>("--workers") { Description = "How many processors this process renders on. Default: all.", DefaultValueFactory = _ => Environment.ProcessorCount };
samples.Validators.Add(result => AtLeastOne(result.GetValue(samples), "--samples", result.AddError));
nodes.Validators.Add(result => AtLeastOne(result.GetValue(nodes), "--nodes", result.AddError));
workers.Validators.Add(result =>
{
    if (result.GetValue(workers) is not (> 0 and <= 1024))
    {
        result.AddError("--workers must be above 0, and 1024 at most.");
    }
});

var root = new RootCommand("Renders a picture on a cluster of nodes, by wires.") { obj, size, samples, nodes, output, noBaseline, redis, render, listen, secret, workers };
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
});

return await root.Parse(args).InvokeAsync();

async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
{
    var settings = new RenderSettings(
        arguments.GetValue(obj), arguments.GetValue(size), arguments.GetValue(samples), arguments.GetValue(nodes), arguments.GetRequiredValue(output), arguments.GetValue(workers), !arguments.GetValue(noBaseline));
    JoinSettings? join = arguments.GetValue(redis) is { } connection ? new JoinSettings(connection, arguments.GetValue(listen), arguments.GetValue(secret)) : null;
    if (join is not null && !arguments.GetValue(render))
    {
        await ClusterProcess.HostAsync(join, settings.Workers, Console.Out, cancellation);
        return 0;
    }

    if (Load(settings.Obj) is not { } scene)
    {
        return 1;
    }

    IRenderView view = Console.IsOutputRedirected ? new PlainView(Console.Out) : new LiveView(AnsiConsole.Console);
    if (join is not null)
    {
        await ClusterProcess.RenderAsync(join, settings, scene, view, Console.Out, cancellation);
        return 0;
    }

    return await LocalShow.RunAsync(settings, scene, view, Console.Out, cancellation) ? 0 : 1;
}

static void AtLeastOne(int value, string option, Action<string> addError)
{
    if (value < 1)
    {
        addError($"{option} must be at least 1.");
    }
}

static SceneDescription? Load(FileInfo? obj)
{
    if (obj is null)
    {
        return BuiltInScene.Create();
    }

    try
    {
        ObjModel model = ObjReader.ReadFile(obj.FullName);
        foreach (string warning in model.Warnings)
        {
            Console.Error.WriteLine($"{obj.Name}: {warning}; shown in grey");
        }

        if (SceneDescription.MessageBytes(model.Mesh) > MaxMeshBytes)
        {
            Console.Error.WriteLine($"{obj.Name}: {model.Mesh.TriangleCount:N0} triangles are too many. A mesh is sent to a node in one message, and that holds 64 MiB.");
            return null;
        }

        return SceneSetup.Of(model);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjFormatException)
    {
        Console.Error.WriteLine(e.Message);
        return null;
    }
}
