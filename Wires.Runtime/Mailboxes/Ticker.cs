using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>The timer of one <see cref="EveryAttribute"/> method of one wire. At most one tick of it waits or runs at a time: missed ones coalesce.</summary>
internal sealed class Ticker(Activation wire, WireTick tick) : IDisposable
{
    private ITimer? _timer;
    private int _isPending;
    private volatile bool _isStopped;

    public void Start() =>
        _timer = wire.Node.TimeProvider.CreateTimer(static ticker => ((Ticker)ticker!).Tick(), this, tick.Period, tick.Period);

    /// <summary>The tick has run.</summary>
    public void Done() => Volatile.Write(ref _isPending, 0);

    public bool IsStopped => _isStopped;

    public void Dispose()
    {
        _isStopped = true;
        _timer?.Dispose();
    }

    private void Tick()
    {
        if (_isStopped || Interlocked.Exchange(ref _isPending, 1) != 0)
        {
            return;
        }

        var call = (TickCall)tick.Method.Create();
        call.Ticker = this;
        call.Handle = wire.Handle;
        wire.Post(call, bounded: false);
    }
}
