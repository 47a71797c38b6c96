using System.Numerics;
using RayTracer.Nodes;
using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>
/// A part of a picture, rendered in slices: one sample of each pixel, a few milliseconds. After each it sends itself a message to go on, so others get their turn in between, and the
/// runtime can take it to another node there, with all that it has gathered so far.
/// </summary>
[Wire(IdleAfter = "00:01:00")]
public sealed partial class Tile(IWires wires, SceneCache scenes, NodeSpeed speed, TimeProvider clock) : IAttached
{
    private RenderJob? _job;
    private int _index;
    private Vector3[] _light = [];
    private int _slices;
    private int _start;
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

        if (_slices == job.Samples)
        {
            await Deliver();
            return;
        }

        // Whatever message of an earlier start is still under way means nothing from now on.
        await Wire.Self.As<TileRef>().Continue(++_start);
    }

    /// <summary>Renders one more sample of each pixel, until all are done.</summary>
    /// <param name="start">Which start it goes on from.</param>
    [OneWay]
    public async WireTask Continue(int start)
    {
        if (_job is null || start != _start || _slices == _job.Samples)
        {
            return;
        }

        if (scenes.Find(_job.Id) is null && !await scenes.LoadAsync(_job.Id))
        {
            // Nothing to render from: whoever drives the picture sees no progress, brings it back and starts this tile again.
            return;
        }

        Render();
        if (_slices == _job.Samples)
        {
            await Deliver();
        }
        else
        {
            await Wire.Self.As<TileRef>().Continue(start);
        }
    }

    /// <inheritdoc/>
    public WireTask OnAttached(AttachReason reason)
    {
        _wasLost |= reason == AttachReason.Lost;
        return WireTask.CompletedTask;
    }

    private void Render()
    {
        TileRegion region = _job!.RegionOf(_index);
        long began = clock.GetTimestamp();
        TileBuffer.AddSample(scenes.Find(_job.Id)!, _job, region, _slices++, _light);
        TimeSpan busy = clock.GetElapsedTime(began);
        var report = new TileReport(_index, Wire.Node, speed.Processors, _slices, busy, _wasLost && _slices == 1, TileBuffer.Thumbnail(_light, _slices, region, _job.TileSize));

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
