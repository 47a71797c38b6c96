using System.Runtime.CompilerServices;

namespace Wires.Mailboxes;

/// <summary>Sees to it that what the pool's workers wake for themselves does not keep them for ever from what waits for any worker.</summary>
/// <remarks>
/// A worker of the pool looks at what timers, sockets and other threads have queued only when its own queue is empty. That queue serves wires best, as what a wire has woken is in the cache of the same core;
/// but wires and callers that wake each other in circles keep it from ever being empty, and a circle for each worker leaves nobody to hear that a lease ends. So the watchdog queues a probe behind what
/// waits for any worker. While one is not reached and nothing before it is either, all that is woken goes behind it, until the workers' own queues have run dry and it runs.
/// </remarks>
internal sealed class PoolProbe : IThreadPoolWorkItem
{
    private static volatile bool s_prefersOwn = true;

    private volatile bool _isQueued;
    private uint _seen;

    /// <summary>Whether what is woken may go to the queue of the worker that wakes it.</summary>
    public static bool PrefersOwn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_prefersOwn;
    }

    /// <summary>For the watchdog, at each of its looks.</summary>
    /// <param name="taken">Grows with what threads have taken of what waits for any of them.</param>
    public void Look(uint taken)
    {
        if (!_isQueued)
        {
            if (ThreadPool.PendingWorkItemCount > 0)
            {
                _isQueued = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
        else if (taken == _seen)
        {
            s_prefersOwn = false;
            if (!_isQueued)
            {
                // It has run in this moment.
                s_prefersOwn = true;
            }
        }

        _seen = taken;
    }

    void IThreadPoolWorkItem.Execute()
    {
        _isQueued = false;
        s_prefersOwn = true;
    }
}
