using System.Numerics;
using RayTracer.Nodes;
using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>
/// A part of a picture, rendered in slices: one sample of each pixel, a few milliseconds. Each slice is a message that waits in the tile's mailbox, so the node sees how much work is
/// still to be done here, and between two of them the tile can go elsewhere with all that it has gathered so far.
/// </summary>
[Wire(IdleAfter = "00:01:00")]
public sealed partial class Tile(IWires wires, SceneCache scenes, NodePace pace, TimeProvider clock) : IAttached, IDetaching
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
        if (_job == job)
        {
            if (_slices == job.Samples)
            {
                await Deliver();
            }

            return;
        }

        TileRegion region = job.RegionOf(index);
        (_job, _index, _slices) = (job, index, 0);
        _light = new Vector3[region.Width * region.Height];
        TileRef self = Wire.Self.As<TileRef>();
        for (int i = 0; i < job.Samples; i++)
        {
            await self.RenderSlice();
        }
    }

    /// <summary>Renders one more sample of each pixel.</summary>
    [OneWay]
    public async WireTask RenderSlice()
    {
        if (_job is null || _slices == _job.Samples)
        {
            return;
        }

        long place = pace.Queue();
        while (pace.WaitFor(place) is { Ticks: > 0 } wait)
        {
            await Wire.Delay(wait);
        }

        if (scenes.Find(_job.Id) is null && !await scenes.LoadAsync(_job.Id))
        {
            // Nothing to render from: whoever drives the picture sees no progress, brings it back and starts this tile again.
            _job = null;
            return;
        }

        Render();
        if (_slices == _job.Samples)
        {
            await Deliver();
        }
    }

    /// <inheritdoc/>
    public async WireTask OnAttached(AttachReason reason)
    {
        _wasLost |= reason == AttachReason.Lost;
        if (reason == AttachReason.Moved && _job is not null)
        {
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

    private void Render()
    {
        TileRegion region = _job!.RegionOf(_index);
        long start = clock.GetTimestamp();
        TileBuffer.AddSample(scenes.Find(_job.Id)!, _job, region, _slices++, _light);
        TimeSpan busy = clock.GetElapsedTime(start);
        pace.Settle(busy);
        var report = new TileReport(_index, Wire.Node, pace.Speed, _slices, busy, _wasLost && _slices == 1, TileBuffer.Thumbnail(_light, _slices, region, _job.TileSize));

        // A report that is lost is made up for by the next one.
        _ = wires.Get<PictureRef>(_job.Id).Report(report);
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
