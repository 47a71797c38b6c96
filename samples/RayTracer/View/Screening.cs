using System.Diagnostics;
using RayTracer.Nodes;
using RayTracer.Rendering;
using Wires;

namespace RayTracer.View;

/// <summary>Renders a picture while a view shows how.</summary>
/// <param name="view">What shows it.</param>
/// <param name="title">What it is called there.</param>
/// <param name="session">What renders it.</param>
/// <param name="wires">The node that renders it: tells what lives where.</param>
/// <param name="nodes">The nodes that are known otherwise than by their work, in order.</param>
/// <param name="events">What has happened so far.</param>
/// <param name="moves">Counts wires that move; null where nobody wants to know.</param>
/// <param name="progress">Is told how far it is, some times a second.</param>
internal sealed class Screening(
    IRenderView view, string title, RenderSession session, IWires wires, Func<IReadOnlyList<NodeRow>> nodes, Func<IReadOnlyList<string>> events, MoveMeter? moves, Action<PictureStatus> progress)
{
    private static readonly TimeSpan s_framePeriod = TimeSpan.FromMilliseconds(150);

    private readonly NodeMeter _meter = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private PictureStatus _status = PictureStatus.Of(session.Job);
    private PictureStatus? _measured;
    private IReadOnlyDictionary<string, double> _loads = new Dictionary<string, double>();
    private byte[] _preview = [];

    /// <summary>Renders.</summary>
    public async Task<Rendered> RunAsync(CancellationToken cancellation)
    {
        Rendered? result = null;
        await view.RunAsync(async show =>
        {
            Task<Rendered> work = RenderAsync(cancellation);

            // At its own pace: the picture's wire may be on a node that has a lot to do, and answer late.
            while (!work.IsCompleted)
            {
                progress(_status);
                show(await FrameAsync(cancellation));
                await Task.WhenAny(work, Task.Delay(s_framePeriod, cancellation));
            }

            result = await work;
            progress(_status);
            show(await FrameAsync(cancellation));
        });
        return result!;
    }

    private async Task<Rendered> RenderAsync(CancellationToken cancellation)
    {
        byte[] pixels = await session.RenderAsync(
            Enumerable.Range(0, session.Job.TileCount),
            async status =>
            {
                _preview = view.HasPreview ? await session.PreviewAsync() : [];
                _status = status;
            },
            cancellation);
        return new Rendered(pixels, _clock.Elapsed, _status);
    }

    private async Task<ViewFrame> FrameAsync(CancellationToken cancellation)
    {
        PictureStatus status = _status;
        IReadOnlyList<NodeReport> reports = await wires.Operator.NodesAsync(cancellation);
        return new ViewFrame(title, session.Job, status, Rows(status, reports), _preview, _clock.Elapsed, moves?.Moves ?? 0, events());
    }

    // Those that are not known beforehand come last, by name.
    private List<NodeRow> Rows(PictureStatus status, IReadOnlyList<NodeReport> reports)
    {
        if (!ReferenceEquals(status, _measured))
        {
            (_measured, _loads) = (status, _meter.Update(status.Nodes, _clock.Elapsed));
        }

        Dictionary<string, NodeShare> shares = status.Nodes.ToDictionary(static share => share.Node);
        Dictionary<string, NodeReport> members = reports.ToDictionary(static report => report.Name);
        List<NodeRow> rows = [.. nodes().Select(Row)];
        HashSet<string> shown = [.. rows.Select(static row => row.Name)];
        rows.AddRange(members.Values.OrderBy(static member => member.Name, StringComparer.Ordinal).Where(member => shown.Add(member.Name)).Select(member => Row(new NodeRow(member.Name, member.Speed, 0, 0, 0, ""))));
        rows.AddRange(shares.Values.OrderBy(static share => share.Node, StringComparer.Ordinal).Where(share => shown.Add(share.Node)).Select(share => Row(new NodeRow(share.Node, share.Speed, 0, 0, 0, "gone"))));
        return rows;

        NodeRow Row(NodeRow row) => row with
        {
            Load = _loads.GetValueOrDefault(row.Name),
            Wires = members.GetValueOrDefault(row.Name)?.Wires ?? 0,
            Finished = shares.GetValueOrDefault(row.Name)?.Finished ?? 0,
        };
    }
}
