using System.Diagnostics;
using RayTracer.Rendering;
using Wires;

namespace RayTracer.View;

/// <summary>Renders a picture while a view shows how.</summary>
internal static class Screening
{
    /// <summary>Renders.</summary>
    /// <param name="view">What shows it.</param>
    /// <param name="title">What it is called there.</param>
    /// <param name="session">What renders it.</param>
    /// <param name="nodes">The nodes that are known otherwise than by their work, in order.</param>
    /// <param name="events">What has happened so far.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Rendered> RunAsync(
        IRenderView view,
        string title,
        RenderSession session,
        Func<IReadOnlyList<NodeRow>> nodes,
        Func<IReadOnlyList<string>> events,
        Action<PictureStatus> progress,
        CancellationToken cancellation)
    {
        var meter = new NodeMeter();
        var clock = Stopwatch.StartNew();
        Rendered? result = null;
        await view.RunAsync(async show =>
        {
            PictureStatus? last = null;
            byte[] pixels = await session.RenderAsync(
                Enumerable.Range(0, session.Job.TileCount),
                async status =>
                {
                    last = status;
                    progress(status);
                    byte[] preview = view.HasPreview ? await session.PreviewAsync() : [];
                    show(new ViewFrame(title, session.Job, status, Merge(nodes(), status, meter.Update(status.Nodes, clock.Elapsed)), preview, clock.Elapsed, events()));
                },
                cancellation);
            result = new Rendered(pixels, clock.Elapsed, last!);
        });
        return result!;
    }

    // Those that are only known by their work come last, by name.
    private static List<NodeRow> Merge(IReadOnlyList<NodeRow> known, PictureStatus status, IReadOnlyDictionary<string, double> loads)
    {
        Dictionary<string, NodeShare> shares = status.Nodes.ToDictionary(static share => share.Node);
        List<NodeRow> rows = [.. known.Select(node => shares.Remove(node.Name, out NodeShare? share) ? Row(share, node.State) : node)];
        rows.AddRange(shares.Values.OrderBy(static share => share.Node, StringComparer.Ordinal).Select(share => Row(share, "")));
        return rows;

        NodeRow Row(NodeShare share, string state) => new(share.Node, share.Speed, loads[share.Node], share.Tiles, share.Finished, state);
    }
}
