using System.Globalization;
using RayTracer.Nodes;
using RayTracer.Rendering;
using RayTracer.Tracing;
using RayTracer.View;
using Wires;

namespace RayTracer;

/// <summary>A cluster of nodes in this process, over loopback sockets: the work is born on one and spreads; a node joins and one is drained while they render.</summary>
internal static class LocalShow
{
    /// <summary>Runs it.</summary>
    /// <returns>Whether all pictures came out the same.</returns>
    public static async Task<bool> RunAsync(RenderSettings settings, SceneDescription scene, IRenderView view, TextWriter output, CancellationToken cancellation)
    {
        double[] speeds = ShowCluster.SpeedsOf(settings.Nodes, settings.Workers);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Nodes} nodes in this process share {settings.Workers:0.##} processors. Each is held to a speed of its own, in processors: {string.Join(", ", speeds[..settings.Nodes].Select(static speed => speed.ToString("F2", CultureInfo.InvariantCulture)))}."));

        Rendered? alone = null;
        if (settings.HasBaseline)
        {
            await using ShowCluster one = await ShowCluster.StartAsync(1, speeds, cancellation);
            alone = await RenderAsync("one node alone", settings, scene, one, view, moves: null, cancellation);
        }

        using var moves = new MoveMeter();
        await using ShowCluster cluster = await ShowCluster.StartAsync(settings.Nodes, speeds, cancellation);
        Rendered together = await RenderAsync($"{settings.Nodes} nodes", settings, scene, cluster, view, moves, cancellation);
        await cluster.SettleAsync();
        return Summary.Write(output, settings, together, moves, alone);
    }

    private static Task<Rendered> RenderAsync(
        string title, RenderSettings settings, SceneDescription scene, ShowCluster cluster, IRenderView view, MoveMeter? moves, CancellationToken cancellation)
    {
        var job = new RenderJob(Guid.NewGuid(), settings.Size.Width, settings.Size.Height, settings.Samples, RenderSettings.TileSize);
        var session = new RenderSession(cluster.Wires, scene, job, TimeProvider.System);
        return new Screening(view, title, session, cluster.Wires, () => cluster.Nodes, () => cluster.Events, moves, status => cluster.Direct(session, status, cancellation)).RunAsync(cancellation);
    }
}
