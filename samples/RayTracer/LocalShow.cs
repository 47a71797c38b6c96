using System.Globalization;
using RayTracer.Nodes;
using RayTracer.Rendering;
using RayTracer.Tracing;
using RayTracer.View;
using Wires;

namespace RayTracer;

/// <summary>A cluster of nodes in this process, over loopback sockets: one joins and one leaves while they render.</summary>
internal static class LocalShow
{
    /// <summary>Runs it.</summary>
    /// <returns>Whether all pictures came out the same.</returns>
    public static async Task<bool> RunAsync(RenderSettings settings, SceneDescription scene, IRenderView view, TextWriter output, CancellationToken cancellation)
    {
        double[] speeds = ClusterDirector.SpeedsOf(settings.Nodes, settings.Workers);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Nodes} nodes in this process share {settings.Workers:0.##} processors. Each is held to a speed of its own, in processors: {string.Join(", ", speeds[..settings.Nodes].Select(static speed => speed.ToString("F2", CultureInfo.InvariantCulture)))}."));

        Rendered? alone = null;
        if (settings.HasBaseline)
        {
            await using ClusterDirector one = await ClusterDirector.StartAsync(1, speeds, cancellation);
            alone = await RenderAsync("one node alone", settings, scene, one, view, static _ => { }, cancellation);
        }

        await using ClusterDirector cluster = await ClusterDirector.StartAsync(settings.Nodes, speeds, cancellation);
        Rendered together = await RenderAsync($"{settings.Nodes} nodes", settings, scene, cluster, view, status => cluster.Direct(status, cancellation), cancellation);
        await cluster.SettleAsync();
        return Summary.Write(output, settings, together, alone);
    }

    private static Task<Rendered> RenderAsync(
        string title, RenderSettings settings, SceneDescription scene, ClusterDirector cluster, IRenderView view, Action<PictureStatus> progress, CancellationToken cancellation)
    {
        var job = new RenderJob(Guid.NewGuid(), settings.Size.Width, settings.Size.Height, settings.Samples, RenderSettings.TileSize);
        var session = new RenderSession(cluster.Wires, scene, job, TimeProvider.System);
        return Screening.RunAsync(view, title, session, () => cluster.Nodes, () => cluster.Events, progress, cancellation);
    }
}
