using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wires;
using Wires.Samples.Node;

// A node of a cluster that hosts whatever wires the assemblies it is given have. Start some, on one machine or on many, with the same Redis:
//
//   dotnet run -c Release --project samples/Node -- --redis localhost:6379 --load path/to/YourWires.dll

var redis = new Option<string>("--redis") { Description = "The Redis that the nodes of the cluster share, as host:port.", Required = true };
var cluster = new Option<string>("--cluster") { Description = "The name of the cluster.", DefaultValueFactory = _ => "default" };
var listen = new Option<string?>("--listen") { Description = "The address and port for other nodes. Default: a free port of the local address of the Redis connection." };
var secret = new Option<string?>("--secret") { Description = "What the nodes prove to each other that they know. Default: a random one, left in Redis by the first node." };
var name = new Option<string?>("--name") { Description = "The node's name. Default: the machine's name and the process id." };
var speed = new Option<double?>("--speed") { Description = "How much of the cluster's wires this node gets. Default: its number of processors." };
var lease = new Option<double?>("--lease") { Description = "Seconds after which a node that is not heard of counts as dead. Default: 10." };
var found = new Option<bool>("--found") { Description = "Founds a new cluster at once where Redis holds none." };
var settled = new Option<bool>("--no-balancing") { Description = "Moves no wires of this node by itself: only what is asked for moves." };
var load = new Option<string[]>("--load") { Description = "Assemblies with wires.", AllowMultipleArgumentsPerToken = true };

var root = new RootCommand("A node that hosts wires.") { redis, cluster, listen, secret, name, speed, lease, found, settled, load };
root.SetAction(async (arguments, cancellation) =>
{
    foreach (string path in arguments.GetValue(load) ?? [])
    {
        WireAssemblies.Load(path);
    }

    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
    builder.Services.AddWires(options =>
    {
        options.UseRedis(arguments.GetRequiredValue(redis));
        options.NodeName = arguments.GetValue(name);
        options.Cluster.Name = arguments.GetRequiredValue(cluster);
        options.Cluster.Listen = arguments.GetValue(listen);
        options.Cluster.Secret = arguments.GetValue(secret);
        options.Cluster.FoundAtOnce = arguments.GetValue(found);
        options.Cluster.Speed = arguments.GetValue(speed) ?? options.Cluster.Speed;
        options.Balancing.Enabled = !arguments.GetValue(settled);
        if (arguments.GetValue(lease) is { } seconds)
        {
            options.Cluster.LeaseLength = TimeSpan.FromSeconds(seconds);
            options.Cluster.RenewPeriod = TimeSpan.FromSeconds(seconds * 0.3);
        }
    });

    using IHost host = builder.Build();
    await host.StartAsync(cancellation);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"READY {host.Services.GetRequiredService<IWires>().Node}"));
    await host.WaitForShutdownAsync(cancellation);
    return 0;
});

return await root.Parse(args).InvokeAsync();
