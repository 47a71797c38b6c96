using System.Numerics;
using RayTracer.Nodes;
using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>
/// A part of a picture, rendered in slices: one sample of each pixel, a few milliseconds. Between two of them the tile is idle, and can go to another node with all that it has gathered
/// so far; there it asks for its next slice.
/// </summary>
[Wire(IdleAfter = "00:01:00")]
public sealed partial class Tile(IWires wires, SceneCache scenes, NodeProcessor processor, TimeProvider clock) : IAttached, IDetaching
{
    private RenderJob? _job;
    private int _index;
    private Vector3[] _light = [];
    private int _slices;
    private DateTimeOffset _leftAt;
    private bool _wasLost;

    /// <summary>Sees to it that the tile is rendered and delivered. Asked again, it goes on, or delivers again what is done.</summary>
    [OneWay]
    public async WireTask Start(RenderJob job, int index)
    {
        if (_job != job)
        {
            TileRegion region = job.RegionOf(index);
            (_job, _index, _slices) = (job, index, 0);
            _light = new Vector3[region.Width * region.Height];
        }

        if (_slices < job.Samples)
        {
            processor.Add(Wire.Self.As<TileRef>());
        }
        else
        {
            await Deliver();
        }
    }

    /// <summary>Renders one more sample of each pixel.</summary>
    /// <param name="node">Whose processor it is that has the time.</param>
    public async WireTask<Slice> RenderSlice(string node)
    {
        if (_job is null || _slices == _job.Samples || node != Wire.Node)
        {
            return default;
        }

        if (scenes.Find(_job.Id) is null && !await scenes.LoadAsync(_job.Id))
        {
            // Nothing to render from: whoever drives the picture sees no progress, brings it back and starts this tile again.
            return default;
        }

        TimeSpan busy = Render();
        if (_slices < _job.Samples)
        {
            return new Slice(busy, HasMore: true);
        }

        await Deliver();
        return new Slice(busy, HasMore: false);
    }

    /// <inheritdoc/>
    public async WireTask OnAttached(AttachReason reason)
    {
        _wasLost |= reason == AttachReason.Lost;
        if (reason == AttachReason.Moved && _job is not null)
        {
            if (_slices < _job.Samples)
            {
                processor.Add(Wire.Self.As<TileRef>());
            }

            // By two nodes' clocks: on two machines this is as good as their clocks agree.
            await wires.Get<PictureRef>(_job.Id).TileMoved(_index, Wire.Node, clock.GetUtcNow() - _leftAt);
        }
    }

    /// <inheritdoc/>
    public WireTask OnDetaching(DetachReason reason)
    {
        _leftAt = clock.GetUtcNow();
        return WireTask.CompletedTask;
    }

    private TimeSpan Render()
    {
        TileRegion region = _job!.RegionOf(_index);
        long start = clock.GetTimestamp();
        TileBuffer.AddSample(scenes.Find(_job.Id)!, _job, region, _slices++, _light);
        TimeSpan busy = clock.GetElapsedTime(start);
        var report = new TileReport(_index, Wire.Node, processor.Speed, _slices, busy, _wasLost && _slices == 1, TileBuffer.Thumbnail(_light, _slices, region, _job.TileSize));

        // A report that is lost is made up for by the next one.
        _ = wires.Get<PictureRef>(_job.Id).Report(report);
        return busy;
    }

    private async WireTask Deliver()
    {
        try
        {
            await wires.Get<PictureRef>(_job!.Id).Deliver(_index, TileBuffer.Pixels(_light, _job.Samples));
        }
        catch (Exception e) when (e is WireException or WireTimeoutException)
        {
            // The picture's node was lost. The one who drives it asks again for what it has not got.
        }
    }
}
