using Wires.Infrastructure;

namespace Wires;

// Start, stop, and what is looked after now and then.
internal sealed partial class WireNode
{
    private static readonly TimeSpan s_pollPeriod = TimeSpan.FromMilliseconds(5);

    /// <summary>How long it may take to leave the view, whatever the stop has taken before: two changes of it, each acknowledged by half of the members.</summary>
    private static readonly TimeSpan s_leavePatience = TimeSpan.FromSeconds(5);


    private readonly List<(WireType Type, long Period)> _idleTypes = [];
    private readonly Dictionary<WireType, long> _nextIdleScan = [];
    private volatile bool _isStopping;
    private volatile bool _isStopped;
    private readonly CancellationTokenSource _patience = new();
    private Task? _stop;

    /// <summary>Whether calls from outside are refused.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Whether no wire can come to life any more.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Whether calls are never run on their callers' stacks.</summary>
    public bool IsGuarded => _isStopping || !_runsOnCallers;

    public void Start()
    {
        lock (_lock)
        {
            if (_sweeper is not null)
            {
                return;
            }

            Watchdog.Acquire();
            _sweeper = TimeProvider.CreateTimer(static node => ((WireNode)node!).Sweep(), this, s_sweepPeriod, s_sweepPeriod);
        }

        Log.Started(Name);
        if (_cluster is not null)
        {
            // Also where no host starts the node: calls wait until it has joined. Whoever asks by JoinAsync is told why it could not.
            _ = JoinAsync(CancellationToken.None).ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    /// <exception cref="WireNodeStoppedException">No wire can come to life here any more.</exception>
    public void ThrowIfStopped()
    {
        if (_isStopped || (_isStopping && WireThread.TryCurrent?.Activation is null))
        {
            throw StoppedException();
        }
    }

    public WireNodeStoppedException StoppedException() =>
        new($"Node {Name} {(_isStopped ? "has stopped" : "is stopping")}: it takes no calls from outside any more.") { IsRefused = true };

    /// <summary>Refuses new calls from outside, finishes those that were accepted and what follows from them, and detaches all wires.</summary>
    /// <param name="cancellation">Ends the wait: what is still busy is abandoned, and whoever waits for it is told.</param>
    public Task StopAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            _stop ??= StopCoreAsync();
        }

        // Whoever asks, first or not, may lose patience.
        cancellation.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience);
        return _stop;
    }

    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    /// <summary>A first wire of a type is about to come to life.</summary>
    public void TypeSeen(WireType type)
    {
        if (type.IdleAfter is { } idle)
        {
            lock (_lock)
            {
                _idleTypes.Add((type, Math.Max(1, (long)(idle.TotalMilliseconds / IdleScansNeeded))));
            }
        }
    }

    private async Task StopCoreAsync()
    {
        await Task.Yield();
        Log.Stopping(Name);
        _isStopping = true;
        using ITimer? limit = _options.StopTimeout == Timeout.InfiniteTimeSpan ? null
            : TimeProvider.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), _patience, _options.StopTimeout, Timeout.InfiniteTimeSpan);

        await HandOverAsync(_patience.Token).ConfigureAwait(false);
        await EmptyAsync(_patience.Token).ConfigureAwait(false);

        foreach (Activation wire in Directory.All())
        {
            wire.Post(new LifeRequest(static wire => wire.StopTicks_OnTurn()), bounded: false);
        }

        bool isQuiet = await WaitAsync(IsQuiet, _patience.Token).ConfigureAwait(false);
        if (!isQuiet)
        {
            List<Activation> busy = [.. Directory.All().Where(static wire => !wire.IsAtRest)];
            Log.StoppedBusy(Name, busy.Count, string.Join(", ", busy.Take(10).Select(static wire => wire.Id)));
            var reason = new WireNodeStoppedException($"Node {Name} stopped before this call was done.");
            foreach (Activation wire in busy)
            {
                wire.Post(new LifeRequest(wire => wire.Abandon_OnTurn(reason)), bounded: false);
            }

            AskRegistry.Abandon(this, reason);
        }

        _isStopped = true;

        // A turn that never ends cannot be waited for. Real time, as in WaitAsync.
        using var last = new CancellationTokenSource(isQuiet ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await WaitAsync(DetachAll, last.Token).ConfigureAwait(false);
        lock (_lock)
        {
            _sweeper?.Dispose();
            _lanes.ForEach(static lane => lane.Dispose());
            Scheduler.Carriers?.Dispose();
        }

        // Not by the patience for the wires, which may have run out: who leaves without a word keeps the others waiting for its whole lease.
        using var leaving = new CancellationTokenSource(s_leavePatience, TimeProvider.System);
        await LeaveClusterAsync(leaving.Token).ConfigureAwait(false);
        Log.Flush();
        Watchdog.Release();
        Log.Stopped(Name);
    }

    /// <summary>Asks all wires to leave that are still here: again and again, as one that is called by another's OnDetaching stays for that call.</summary>
    private bool DetachAll()
    {
        bool haveLeft = true;
        foreach (Activation wire in Directory.All())
        {
            if (wire.IsClosed)
            {
                continue;
            }

            haveLeft = false;
            if (wire.IsAtRest)
            {
                wire.Post(new LifeRequest(static wire => wire.TryDetach_OnTurn(DetachReason.Stopping)), bounded: false);
            }
        }

        return haveLeft;
    }

    /// <summary>Whether nothing has run between two looks at every wire.</summary>
    private bool IsQuiet()
    {
        // One look is not enough: a message may go from a wire not yet looked at to one that has been. Every turn resets the mark.
        bool isQuiet = true;
        foreach (Activation wire in Directory.All())
        {
            if (!wire.IsAtRest)
            {
                isQuiet = false;
            }
            else if (Interlocked.Exchange(ref wire.IdleScans, ushort.MaxValue) != ushort.MaxValue)
            {
                isQuiet = false;
            }
        }

        return isQuiet;
    }

    private static async Task<bool> WaitAsync(Func<bool> condition, CancellationToken cancellation)
    {
        // A few looks in any case: it takes two to see that nothing moves.
        for (int looks = 1; !condition(); looks++)
        {
            if (cancellation.IsCancellationRequested && looks > 3)
            {
                return false;
            }

            // Real time: a stop must end under a test's frozen clock too.
            await Task.Delay(s_pollPeriod, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private void Sweep()
    {
        AskRegistry.Sweep();
        List<WireType> due = [];
        lock (_lock)
        {
            long now = Now;
            foreach ((WireType type, long period) in _idleTypes)
            {
                if (!_nextIdleScan.TryGetValue(type, out long next))
                {
                    _nextIdleScan[type] = now + period;
                }
                else if (now >= next)
                {
                    _nextIdleScan[type] = now + period;
                    due.Add(type);
                }
            }
        }

        foreach (WireType type in due)
        {
            ScanIdle(type);
        }
    }

    /// <summary>A wire that ran in none of so many scans has been idle for as long as its class says.</summary>
    private const int IdleScansNeeded = 4;

    private void ScanIdle(WireType type)
    {
        foreach (Activation wire in Directory.Of(type))
        {
            if (!wire.IsAtRest)
            {
                wire.IdleScans = 0;
            }
            else if (++wire.IdleScans > IdleScansNeeded && !_isStopping)
            {
                wire.Post(new LifeRequest(static wire => wire.TryDetach_OnTurn(DetachReason.Idle)), bounded: false);
            }
        }
    }
}
