using System.Diagnostics.Metrics;

namespace RayTracer.Nodes;

/// <summary>Listens to the runtime's own meter: how many wires have left the nodes of this process, and for how long each stood still.</summary>
internal sealed class MoveMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<TimeSpan> _stalls = [];
    private readonly Lock _lock = new();

    /// <summary>Starts to listen.</summary>
    public MoveMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Wires", Name: "wires.migration.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (_lock)
            {
                _stalls.Add(TimeSpan.FromSeconds(seconds));
            }
        });
        _listener.Start();
    }

    /// <summary>How many have moved.</summary>
    public int Moves
    {
        get
        {
            lock (_lock)
            {
                return _stalls.Count;
            }
        }
    }

    /// <summary>For how long each of them stood still, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Stalls
    {
        get
        {
            lock (_lock)
            {
                return [.. _stalls.Order()];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
