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
    private long _queued;
    private long _admitted;

    /// <summary>In processors.</summary>
    public double Speed => speed;

    /// <summary>Queues for a slice.</summary>
    /// <returns>A place, for <see cref="WaitFor"/>.</returns>
    public long Queue() => Interlocked.Increment(ref _queued);

    /// <summary>Asks whether it is a slice's turn.</summary>
    /// <param name="place">What <see cref="Queue"/> gave.</param>
    /// <returns>0 if it is. Otherwise after what time to ask again: when it will be, if those before it take as long as most do.</returns>
    public TimeSpan WaitFor(long place)
    {
        lock (_lock)
        {
            TimeSpan now = clock.GetElapsedTime(_start);
            if (_freeAt <= now)
            {
                _freeAt = (_freeAt > now - s_slack ? _freeAt : now - s_slack) + (_typical / speed);
                _admitted++;
                return TimeSpan.Zero;
            }

            return _freeAt - now + (Math.Max(0, place - _admitted - 1) * _typical / speed);
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
