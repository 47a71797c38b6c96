using System.Collections.Concurrent;
using System.Diagnostics;

namespace Wires.Mailboxes;

/// <summary>Threads of a node's own for its turns, held to so many processors: for nodes that share a machine, or are to leave some of it to others.</summary>
internal sealed class Carriers : IDisposable
{
    /// <summary>So many wires that others have sent something go before one that drives itself, where both wait.</summary>
    private const int CalledInARow = 4;

    /// <summary>Shorter waits are saved up: the system's timers are no finer.</summary>
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<Activation> _called = new();
    private readonly ConcurrentQueue<Activation> _driven = new();
    private readonly SemaphoreSlim _count = new(0);
    private readonly CancellationTokenSource _end = new();

    /// <param name="node">The node's name.</param>
    /// <param name="processors">How many: 0.5 does half of what one does.</param>
    public Carriers(string node, double processors)
    {
        int threads = (int)Math.Ceiling(processors);
        for (int i = 0; i < threads; i++)
        {
            var pace = new Pace(processors / threads, TimeProvider.System);
            new Thread(() => Run(pace)) { IsBackground = true, Name = $"Wires carrier {i} of {node}" }.UnsafeStart();
        }
    }

    /// <summary>Runs a wire's turns. The caller owns the turn.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="drivesItself">It goes on by itself: behind all others, for whom somebody waits.</param>
    public void Add(Activation wire, bool drivesItself)
    {
        if (_end.IsCancellationRequested)
        {
            // The node has stopped; what is left runs anywhere.
            ThreadPool.UnsafeQueueUserWorkItem(wire, preferLocal: false);
            return;
        }

        (drivesItself ? _driven : _called).Enqueue(wire);
        _count.Release();
    }

    /// <summary>Ends the threads, after what waits now.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _count.Release(1024);
    }

    private void Run(Pace pace)
    {
        WireThread thread = WireThread.Current;
        int called = 0;
        while (true)
        {
            _count.Wait();
            if (!TryTake(ref called, out Activation? wire))
            {
                if (_end.IsCancellationRequested)
                {
                    return;
                }

                continue;
            }

            if (!pace.IsSlower)
            {
                Run(thread, wire);
                continue;
            }

            // What other processes have kept it waiting is not what it has done.
            long started = Stopwatch.GetTimestamp();
            TimeSpan delay = thread.RunDelay ?? default;
            Run(thread, wire);
            TimeSpan busy = Stopwatch.GetElapsedTime(started) - ((thread.RunDelay ?? default) - delay);
            TimeSpan wait = pace.Charge(busy > TimeSpan.Zero ? busy : TimeSpan.Zero);
            if (wait >= s_shortestWait)
            {
                _end.Token.WaitHandle.WaitOne(wait);
            }
        }
    }

    private static void Run(WireThread thread, Activation wire)
    {
        wire.RunSlice(thread);
        Scheduler.Leave(thread);
    }

    private bool TryTake(ref int called, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Activation? wire)
    {
        if (called < CalledInARow && _called.TryDequeue(out wire))
        {
            called++;
            return true;
        }

        called = 0;
        return _driven.TryDequeue(out wire) || _called.TryDequeue(out wire);
    }
}
