using System.Collections.Concurrent;

namespace Wires.Mailboxes;

/// <summary>Brings wires that have something to do onto threads: the thread pool's, or a lane of their own for those that hold threads too long.</summary>
internal sealed class Scheduler
{
    /// <summary>How many wires a worker runs by its run-next slot before the pool gets a say.</summary>
    private const int MaxInARow = 64;

    /// <summary>The threads that the node's wires run on in place of the pool's; null for the pool.</summary>
    public Carriers? Carriers { get; init; }

    /// <summary>What would run now if the node were not frozen; null where it is not.</summary>
    private volatile ConcurrentQueue<Activation>? _frozen;

    /// <summary>Starts no turn until <see cref="Thaw"/>: for tests of what others make of a node that stands still.</summary>
    public void Freeze() => _frozen ??= new ConcurrentQueue<Activation>();

    /// <summary>Goes on.</summary>
    public void Thaw()
    {
        if (_frozen is { } frozen)
        {
            _frozen = null;
            Release(frozen);
        }
    }

    private void Release(ConcurrentQueue<Activation> frozen)
    {
        while (frozen.TryDequeue(out Activation? wire))
        {
            Schedule(wire);
        }
    }

    /// <summary>Sees to it that a wire's turn runs. The caller owns the turn.</summary>
    public void Schedule(Activation wire)
    {
        if (_frozen is { } frozen)
        {
            frozen.Enqueue(wire);
            if (!ReferenceEquals(_frozen, frozen))
            {
                // Thawed in the same moment, perhaps before this one was there to be found.
                Release(frozen);
            }

            return;
        }

        if (Carriers is { } carriers)
        {
            carriers.Add(wire, drivesItself: false);
            return;
        }

        if (wire.Lane is { } lane)
        {
            lane.Add(wire);
            return;
        }

        ScheduleItem(wire);
    }

    /// <summary>As <see cref="Schedule"/>, behind what else waits: for a wire that has used its slice up.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="drivesItself">Nobody waits for it: it goes on by itself.</param>
    public void ScheduleFairly(Activation wire, bool drivesItself)
    {
        if (Carriers is { } carriers)
        {
            carriers.Add(wire, drivesItself);
        }
        else if (wire.Lane is { } lane)
        {
            lane.Add(wire);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(wire, preferLocal: false);
        }
    }

    /// <summary>Runs the continuation of a caller outside.</summary>
    public static void ScheduleOutside(IThreadPoolWorkItem continuation) => ScheduleItem(continuation);

    private static void ScheduleItem(IThreadPoolWorkItem item)
    {
        if (WireThread.TryCurrent is not { } thread)
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: PoolProbe.PrefersOwn);
            return;
        }

        if (thread.IsWorker)
        {
            // What the running wire has woken runs next on the same worker, as in Go and Tokio: its data is in this core's cache, and nobody has to be woken.
            // Only this thread fills the slot, so a plain look is enough; the watchdog may empty it at any time, so the exchange is not plain.
            if (Volatile.Read(ref thread.RunNext) is null)
            {
                Volatile.Write(ref thread.RunNext, item);
                return;
            }

            if (Interlocked.Exchange(ref thread.RunNext, item) is { } older)
            {
                ThreadPool.UnsafeQueueUserWorkItem(older, preferLocal: PoolProbe.PrefersOwn);
            }

        }
        else if (thread.Gathering is { } woken)
        {
            woken.Add(item);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: PoolProbe.PrefersOwn);
        }
    }

    /// <summary>Runs a wire or a caller's continuation, of several that one worker runs.</summary>
    public static void RunItem(WireThread thread, IThreadPoolWorkItem item)
    {
        if (item is Activation wire)
        {
            Run(wire);
        }
        else
        {
            RunOutside(thread, item);
            thread.IsWorker = false;
        }
    }

    /// <summary>A worker's loop: a wire, then what it has woken.</summary>
    public static void Run(Activation first)
    {
        WireThread thread = WireThread.Current;
        thread.IsWorker = true;
        first.RunSlice(thread);
        int inARow = 0;
        while (TakeNext(thread) is { } item)
        {
            if (++inARow > MaxInARow)
            {
                ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
                break;
            }

            if (item is Activation wire)
            {
                wire.RunSlice(thread);
            }
            else
            {
                RunOutside(thread, item);
            }
        }

        Leave(thread);
        thread.IsWorker = false;
    }

    /// <summary>The thread runs no wire any more.</summary>
    public static void Leave(WireThread thread)
    {
        thread.Activation = null;
        SynchronizationContext.SetSynchronizationContext(null);
    }

    /// <summary>Gives what waits in a worker's slot to others.</summary>
    /// <remarks>For the watchdog alone.</remarks>
    public static void HandOver(WireThread thread)
    {
        if (Volatile.Read(ref thread.RunNext) is null)
        {
            return;
        }

        Volatile.Write(ref thread.IsBeingRobbed, true);
        Interlocked.MemoryBarrierProcessWide();

        // A worker that is taking it just now has ended its turn: nothing has to be handed over.
        if (!Volatile.Read(ref thread.IsTakingNext)
            && Volatile.Read(ref thread.RunNext) is { } item
            && ReferenceEquals(Interlocked.CompareExchange(ref thread.RunNext, null, item), item))
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }

        Volatile.Write(ref thread.IsBeingRobbed, false);
    }

    /// <summary>Empties the slot; the worker itself.</summary>
    private static IThreadPoolWorkItem? TakeNext(WireThread thread)
    {
        // Dekker's protocol with the watchdog, all of whose price is the watchdog's: it raises its flag, makes every processor of the process see it by a
        // process-wide barrier, and then looks at ours. So plain writes and reads do here.
        Volatile.Write(ref thread.IsTakingNext, true);
        IThreadPoolWorkItem? item;
        if (Volatile.Read(ref thread.IsBeingRobbed))
        {
            item = Interlocked.Exchange(ref thread.RunNext, null);
        }
        else
        {
            item = thread.RunNext;
            if (item is not null)
            {
                thread.RunNext = null;
            }
        }

        Volatile.Write(ref thread.IsTakingNext, false);
        return item;
    }

    private static void RunOutside(WireThread thread, IThreadPoolWorkItem item)
    {
        // Code outside may block: what it wakes must not wait for it in the slot.
        if (thread.Activation is not null)
        {
            Leave(thread);
        }

        thread.IsWorker = false;
        item.Execute();
        thread.IsWorker = true;
        if (SynchronizationContext.Current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        if (!ReferenceEquals(ExecutionContext.Capture(), WireThread.DefaultContext))
        {
            Activation.ResetContext(WireThread.DefaultContext);
        }
    }
}
