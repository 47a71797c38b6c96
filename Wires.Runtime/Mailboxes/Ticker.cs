using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>The timer of one <see cref="EveryAttribute"/> method of one wire. At most one tick of it waits or runs at a time: missed ones coalesce.</summary>
internal sealed class Ticker(Activation wire, WireTick tick) : IDisposable
{
    private ITimer? _timer;
    private long _lastTick;
    private int _isPending;

    /// <summary>The tick that waits or runs.</summary>
    private TickCall? _call;
    private volatile bool _isStopped;

    /// <summary>Starts the timer.</summary>
    /// <param name="first">Until the first tick.</param>
    public void Start(TimeSpan first)
    {
        _lastTick = wire.Node.Now - (long)(tick.Period - first).TotalMilliseconds;
        _timer = wire.Node.TimeProvider.CreateTimer(static ticker => ((Ticker)ticker!).Tick(), this, first, tick.Period);
    }

    /// <summary>Until the next tick; none if one waits to run. One that is suspended goes along with the wire.</summary>
    public TimeSpan Remaining => Volatile.Read(ref _isPending) != 0 && _call is not { IsSuspended: true } ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Max(0, Volatile.Read(ref _lastTick) + (long)tick.Period.TotalMilliseconds - wire.Node.Now));

    /// <summary>The tick has run.</summary>
    public void Done() => Volatile.Write(ref _isPending, 0);

    /// <summary>A tick that was suspended where the wire comes from goes on here. Before the timer starts.</summary>
    public void Resume(TickCall call)
    {
        call.Ticker = this;
        _call = call;
        _isPending = 1;
    }

    public bool IsStopped => _isStopped;

    public void Dispose()
    {
        _isStopped = true;
        _timer?.Dispose();
    }

    private void Tick()
    {
        Volatile.Write(ref _lastTick, wire.Node.Now);
        if (_isStopped || Interlocked.Exchange(ref _isPending, 1) != 0)
        {
            return;
        }

        var call = (TickCall)tick.Method.Create();
        call.Ticker = this;
        call.Handle = wire.Handle;
        _call = call;
        wire.Post(call, bounded: false);
    }
}
