using Wires.Diagnostics;
using Wires.Infrastructure;

namespace Wires;

// What the watchdog reports.
internal sealed partial class WireNode
{
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(30);

    private readonly List<GreedyLane> _lanes = [];
    private long _greedyTurns;
    private long _lastGreedyTurn = long.MinValue;
    private string? _lastGreedyMethod;
    private int _nextLane;

    /// <summary>How many looks of the watchdog at the same turn make it greedy.</summary>
    public int GreedyLooks { get; }

    /// <summary>How many greedy turns were seen.</summary>
    public long GreedyTurns => Interlocked.Read(ref _greedyTurns);

    /// <summary>The method of a greedy turn in the last half minute, or null.</summary>
    public string? RecentGreedyTurn => Now - Interlocked.Read(ref _lastGreedyTurn) <= s_recent.TotalMilliseconds ? _lastGreedyMethod : null;

    /// <summary>Called on the watchdog's thread.</summary>
    public void ReportGreedyTurn(Activation wire, WireMethod? method, int offence, bool needsLane)
    {
        string name = method?.Signature ?? "code after an await";
        Interlocked.Increment(ref _greedyTurns);
        _lastGreedyMethod = $"{wire.Type.Name}.{name}";
        Interlocked.Exchange(ref _lastGreedyTurn, Now);
        Telemetry.GreedyTurn(wire.Type, name);
        Log.GreedyTurn(wire.Id, name, _options.GreedyTurn.TotalMilliseconds, offence);
        if (!needsLane || wire.Lane is not null || _options.MaxGreedyLanes == 0 || Scheduler.Carriers is not null)
        {
            return;
        }

        lock (_lock)
        {
            if (IsStopping)
            {
                return;
            }

            if (_lanes.Count < _options.MaxGreedyLanes)
            {
                _lanes.Add(new GreedyLane($"Wires greedy lane {_lanes.Count} of {Name}"));
                wire.Lane = _lanes[^1];
            }
            else
            {
                wire.Lane = _lanes[_nextLane++ % _lanes.Count];
            }
        }

        Log.MovedToLane(wire.Id);
    }
}
