using Wires.Infrastructure;

namespace Wires.Migration;

/// <summary>A wire that is coming from another node.</summary>
/// <param name="handle">The wire, as this node names it.</param>
/// <param name="from">The incarnation that it leaves.</param>
/// <param name="epoch">Its epoch here.</param>
/// <param name="ticks">For each of its timers, until the next tick.</param>
internal sealed class Arrival(WireHandle handle, long from, long epoch, TimeSpan[] ticks)
{
    private int _isDecided;

    public WireHandle Handle { get; } = handle;

    public long From { get; } = from;

    public long Epoch { get; } = epoch;

    public TimeSpan[] Ticks { get; } = ticks;

    /// <summary>The name of the node that is its home.</summary>
    public required string Home { get; init; }

    /// <summary>The work that it made where it comes from, in processors; 0 where that was not measured.</summary>
    public double Work { get; init; }

    /// <summary>How often it had moved of late, before this move.</summary>
    public int RecentMoves { get; init; }

    /// <summary>Whether it went on by itself there, see <see cref="Balancing.WorkAccount.DrivesItself"/>.</summary>
    public bool DrivesItself { get; init; }

    /// <summary>Its suspended methods; null for none.</summary>
    public Mobility.Stacks.RebuiltStack? Stack { get; set; }

    /// <summary>It comes to life here.</summary>
    public bool IsUnborn { get; init; }

    /// <summary>An earlier life of it was lost.</summary>
    public bool WasLost { get; init; }

    /// <summary>The rebuilt object; null for one that is not born.</summary>
    public object? Wire { get; set; }

    /// <summary>The wire's mailbox here. Whoever has the arrival owns its turn.</summary>
    public Activation? Activation { get; set; }

    /// <summary>Completes when it is decided whether the wire lives here, and either it runs, behind what has come for it, or that was sent elsewhere.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whoever gets true lets the wire run, or ends the rebuilt object.</summary>
    public bool TryDecide() => Interlocked.Exchange(ref _isDecided, 1) == 0;
}
