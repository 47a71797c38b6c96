namespace RayTracer.Nodes;

/// <summary>
/// Holds a node to its speed, so that nodes of one process are as machines of different speed: a slice of work takes 1/speed as long as it does on one processor alone. The nodes of a
/// process share its threads, so none is made to wait; wires do, each until its turn on the node's imagined processor has come.
/// </summary>
/// <param name="speed">In processors: 0.5 does half of what one of this machine does, 2 twice as much.</param>
/// <param name="clock">The node's clock.</param>
public sealed class NodePace(double speed, TimeProvider clock)
{
    // What a late timer may be made up for.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _freeAt;
    private TimeSpan _typical = TimeSpan.FromMilliseconds(2);

    /// <summary>In processors.</summary>
    public double Speed => speed;

    /// <summary>Takes the next time for a slice, by what a typical one takes.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Reserve()
    {
        lock (_lock)
        {
            TimeSpan now = clock.GetElapsedTime(_start);
            TimeSpan begin = _freeAt > now - s_slack ? _freeAt : now - s_slack;
            _freeAt = begin + (_typical / speed);
            return begin > now ? begin - now : TimeSpan.Zero;
        }
    }

    /// <summary>Tells how long the slice really took.</summary>
    public void Settle(TimeSpan busy)
    {
        lock (_lock)
        {
            _freeAt += (busy - _typical) / speed;
            _typical += (busy - _typical) / 32;
        }
    }
}
