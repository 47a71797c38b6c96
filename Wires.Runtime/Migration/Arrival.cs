using Wires.Infrastructure;

namespace Wires.Migration;

/// <summary>A wire that is coming from another node.</summary>
/// <param name="handle">The wire, as this node names it.</param>
/// <param name="from">The incarnation that it leaves.</param>
/// <param name="epoch">Its epoch here.</param>
/// <param name="ticks">For each of its timers, until the next tick.</param>
internal sealed class Arrival(WireHandle handle, long from, long epoch, TimeSpan[] ticks)
{
    public WireHandle Handle { get; } = handle;

    public long From { get; } = from;

    public long Epoch { get; } = epoch;

    public TimeSpan[] Ticks { get; } = ticks;

    /// <summary>The work that it made where it comes from, in processors; 0 where that was not measured.</summary>
    public double Work { get; init; }

    /// <summary>How often it had moved of late, before this move.</summary>
    public int RecentMoves { get; init; }

    /// <summary>Whether it went on by itself there, see <see cref="Balancing.WorkAccount.DrivesItself"/>.</summary>
    public bool DrivesItself { get; init; }

    /// <summary>The rebuilt object.</summary>
    public object? Wire { get; set; }

    /// <summary>The wire's mailbox here. Whoever has the arrival owns its turn.</summary>
    public Activation? Activation { get; set; }
}
