namespace Wires.Mailboxes;

/// <summary>Makes work take 1/speed as long as it takes on a processor of this machine.</summary>
/// <param name="speed">0.5: half as fast.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class Pace(double speed, TimeProvider clock)
{
    // For so long a late timer may be made up for: a machine that others keep busy is often late.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(50);

    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _freeAt;

    /// <summary>Whether it holds anything up at all.</summary>
    public bool IsSlower => speed < 1;

    /// <summary>Counts work that has just been done.</summary>
    /// <param name="busy">How long it really took.</param>
    /// <returns>How long to wait until at this speed it would be done, too.</returns>
    public TimeSpan Charge(TimeSpan busy)
    {
        TimeSpan now = clock.GetElapsedTime(_start);
        TimeSpan begun = _freeAt > now - busy - s_slack ? _freeAt : now - busy - s_slack;
        _freeAt = begun + (busy / speed);
        return _freeAt > now ? _freeAt - now : TimeSpan.Zero;
    }
}
