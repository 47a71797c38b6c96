using System.Runtime.InteropServices;
using Wires;

namespace RayTracer.Rendering;

/// <summary>Collects a picture's tiles, and what they tell of their progress.</summary>
[Wire(IdleAfter = "00:05:00")]
public sealed partial class Picture(TimeProvider clock)
{
    private readonly Dictionary<string, NodeTotals> _nodes = [];
    private RenderJob? _job;
    private byte[] _pixels = [];
    private byte[] _preview = [];
    private TileProgress[] _tiles = [];
    private int _delivered;
    private int _restarts;

    /// <summary>Says what the picture is. Said again, nothing changes, unless the picture was lost with its node.</summary>
    public void Begin(RenderJob job)
    {
        if (_job == job)
        {
            return;
        }

        _job = job;
        _pixels = new byte[job.Width * job.Height * 3];
        _preview = new byte[job.TileCount * RenderJob.ThumbnailSize * RenderJob.ThumbnailSize * 3];
        _tiles = new TileProgress[job.TileCount];
        Array.Fill(_tiles, new TileProgress { HeardAt = clock.GetUtcNow() });
        _nodes.Clear();
        (_delivered, _restarts) = (0, 0);
    }

    /// <summary>A tile has made progress.</summary>
    [OneWay]
    public void Report(TileReport report)
    {
        if (_job is not { } job)
        {
            return;
        }

        ref TileProgress tile = ref _tiles[report.Tile];

        // The one who was lost may have been this wire, too: then only the tile knows that it had been further.
        _restarts += report.Slices < tile.Slices || (report.IsAnew && tile.Slices == 0) ? 1 : 0;
        (tile.Node, tile.Slices, tile.HeardAt) = (report.Node, report.Slices, clock.GetUtcNow());
        ref NodeTotals? node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, report.Node, out _);
        node ??= new NodeTotals();
        (node.Speed, node.Busy) = (report.Speed, node.Busy + report.Busy);

        int row = job.Columns * RenderJob.ThumbnailSize * 3, strip = RenderJob.ThumbnailSize * 3;
        int left = (report.Tile / job.Columns * RenderJob.ThumbnailSize * row) + (report.Tile % job.Columns * strip);
        for (int y = 0; y < RenderJob.ThumbnailSize; y++)
        {
            report.Thumbnail.AsSpan(y * strip, strip).CopyTo(_preview.AsSpan(left + (y * row)));
        }
    }

    /// <summary>Takes a finished tile.</summary>
    public void Deliver(int tile, [Move] byte[] pixels)
    {
        if (_job is not { } job || _tiles[tile].IsDelivered)
        {
            return;
        }

        TileRegion region = job.RegionOf(tile);
        int strip = region.Width * 3;
        for (int y = 0; y < region.Height; y++)
        {
            pixels.AsSpan(y * strip, strip).CopyTo(_pixels.AsSpan((((region.Y + y) * job.Width) + region.X) * 3));
        }

        _tiles[tile].IsDelivered = true;
        _delivered++;
        if (_tiles[tile].Node is { } node && _nodes.TryGetValue(node, out NodeTotals? totals))
        {
            totals.Finished++;
        }
    }

    /// <summary>How far it is.</summary>
    public PictureStatus Status()
    {
        Dictionary<string, int> atWork = _tiles.Where(static tile => tile is { IsDelivered: false, Node: not null }).CountBy(static tile => tile.Node!).ToDictionary();
        double slices = _tiles.Sum(tile => tile.IsDelivered ? _job!.Samples : Math.Min(tile.Slices, _job!.Samples));
        return new PictureStatus(
            _tiles.Length,
            _delivered,
            _job is null ? 0 : slices / ((double)_job.Samples * _tiles.Length),
            _restarts,
            [.. _nodes.Select(node => new NodeShare(node.Key, node.Value.Speed, atWork.GetValueOrDefault(node.Key), node.Value.Finished, node.Value.Busy))]);
    }

    /// <summary>What it looks like so far: three bytes for each block of each tile's thumbnail, row by row.</summary>
    public byte[] Preview() => _preview;

    /// <summary>The pixels.</summary>
    public byte[] Pixels() => _pixels;

    /// <summary>The tiles that are not finished and have not been heard of for so long. The time begins anew for them.</summary>
    public List<int> TakeStale(TimeSpan age)
    {
        List<int> stale = [];
        DateTimeOffset now = clock.GetUtcNow();
        for (int i = 0; i < _tiles.Length; i++)
        {
            if (!_tiles[i].IsDelivered && now - _tiles[i].HeardAt >= age)
            {
                stale.Add(i);
                _tiles[i].HeardAt = now;
            }
        }

        return stale;
    }
}
