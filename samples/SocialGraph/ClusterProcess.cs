using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocialGraph.Graphs;
using SocialGraph.Nodes;
using SocialGraph.View;
using Wires;

namespace SocialGraph;

/// <summary>This process as one node of a cluster that others are in, too.</summary>
internal static class ClusterProcess
{
    /// <summary>Hosts vertices until it is told to stop.</summary>
    public static async Task HostAsync(JoinSettings join, TextWriter output, CancellationToken cancellation)
    {
        using IHost host = Build(join, LogLevel.Warning);
        await host.StartAsync(cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"READY {host.Services.GetRequiredService<IWires>().Node}"));
        await host.WaitForShutdownAsync(cancellation);
    }

    /// <summary>Has the cluster, this node included, compute ranks.</summary>
    /// <returns>Whether all are as one thread computes them.</returns>
    public static async Task<bool> RunAsync(JoinSettings join, GraphSettings settings, Graph graph, IRunView view, TextWriter output, CancellationToken cancellation)
    {
        using IHost host = Build(join, LogLevel.None);
        await host.StartAsync(cancellation);
        IWires wires = host.Services.GetRequiredService<IWires>();
        Outcome outcome = await new Experiment(wires, token => LoadsAsync(wires, token), graph, settings).RunAsync(view, cancellation);
        outcome.Write(output, graph);
        await host.StopAsync(cancellation);
        return outcome.Differing == 0;
    }

    // How much of its processors each process uses, as operators see it.
    private static async Task<IReadOnlyDictionary<string, double>> LoadsAsync(IWires wires, CancellationToken cancellation) =>
        (await wires.Operator.NodesAsync(cancellation)).ToDictionary(static node => node.Name, static node => node.Load);

    private static IHost Build(JoinSettings join, LogLevel level)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(level).AddSimpleConsole(static console => console.SingleLine = true);
        builder.Services.AddWires(options =>
        {
            NodeSettings.Apply(options);
            options.UseRedis(join.Redis);
            options.Cluster.Name = "socialgraph";
            options.Cluster.Listen = join.Listen;
            options.Cluster.Secret = join.Secret;
        });
        return builder.Build();
    }
}
