using System.Diagnostics;

namespace Nomad;

/// <summary>Where the computation was, and for how long it stood still. One for all nodes of the process, so that they share a clock.</summary>
public sealed class Logbook
{
    private readonly Lock _lock = new();
    private readonly List<Stay> _stays = [];
    private long _ended;

    /// <summary>Its stays, one for each node.</summary>
    public IReadOnlyList<Stay> Stays
    {
        get
        {
            lock (_lock)
            {
                return [.. _stays];
            }
        }
    }

    /// <summary>How much of it is done, from 0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>The longest time between two slices on the same node.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>A slice was done.</summary>
    /// <param name="node">Where.</param>
    /// <param name="began">When it began.</param>
    /// <param name="progress">How much is done.</param>
    public void Worked(string node, long began, double progress)
    {
        lock (_lock)
        {
            TimeSpan pause = _stays.Count > 0 ? Stopwatch.GetElapsedTime(_ended, began) : TimeSpan.Zero;
            if (_stays.Count == 0 || _stays[^1].Node != node)
            {
                _stays.Add(new Stay(node, pause, Progress));
            }
            else if (pause > LongestPause)
            {
                LongestPause = pause;
            }

            Progress = progress;
            _ended = Stopwatch.GetTimestamp();
        }
    }
}

/// <summary>A node on which the computation was.</summary>
/// <param name="Node">The node.</param>
/// <param name="StoodStill">From its last slice on the node before to its first on this one.</param>
/// <param name="From">How much was done when it came.</param>
public sealed record Stay(string Node, TimeSpan StoodStill, double From);
