using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RayTracer.Nodes;
using RayTracer.Rendering;
using RayTracer.Tracing;
using RayTracer.View;
using Wires;
using Wires.Balancing;

namespace RayTracer;

/// <summary>This process as one node of a cluster that others are in, too.</summary>
internal static class ClusterProcess
{
    // Short, so that a killed process holds the picture up for some seconds only. A cluster of real machines keeps the defaults.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(5);

    /// <summary>Hosts tiles until it is told to stop.</summary>
    public static async Task HostAsync(JoinSettings join, double workers, TextWriter output, CancellationToken cancellation)
    {
        using IHost host = Build(join, workers, LogLevel.Information, static _ => { });
        await host.StartAsync(cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"READY {host.Services.GetRequiredService<IWires>().Node}"));
        await host.WaitForShutdownAsync(cancellation);
    }

    /// <summary>Has a picture rendered by the cluster, this node included.</summary>
    public static async Task RenderAsync(JoinSettings join, RenderSettings settings, SceneDescription scene, IRenderView view, TextWriter output, CancellationToken cancellation)
    {
        var events = new EventLog();
        using var moves = new MoveMeter();
        using IHost host = Build(join, settings.Workers, LogLevel.None, events.Decided);
        await host.StartAsync(cancellation);
        var job = new RenderJob(Guid.NewGuid(), settings.Size.Width, settings.Size.Height, settings.Samples, RenderSettings.TileSize);
        IWires wires = host.Services.GetRequiredService<IWires>();
        var session = new RenderSession(wires, scene, job, TimeProvider.System);
        Rendered picture = await new Screening(view, "the cluster", session, wires, static () => [], events.Take, moves, static _ => { }).RunAsync(cancellation);
        Summary.Write(output, settings, picture, moves, alone: null);
        await host.StopAsync(cancellation);
    }

    private static IHost Build(JoinSettings join, double workers, LogLevel level, Action<BalancingDecision> decided)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(level).AddSimpleConsole(static console => console.SingleLine = true);
        builder.Services.AddRayTracer(workers).AddWires(options =>
        {
            options.UseRedis(join.Redis);
            options.Cluster.Name = "raytracer";
            options.Cluster.Listen = join.Listen;
            options.Cluster.Secret = join.Secret;
            options.RenderOn(workers);
            options.Balancing.OnDecision = decided;
            options.Cluster.LeaseLength = s_lease;
            options.Cluster.RenewPeriod = s_lease / 4;

            // Where half of the nodes are lost at once, as when one of two is killed, the others wait for so long.
            options.Cluster.MaxCoordinatorOutage = s_lease * 3;
        });
        return builder.Build();
    }
}
