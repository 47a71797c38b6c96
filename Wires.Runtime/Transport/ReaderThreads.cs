namespace Wires.Transport;

/// <summary>
/// Threads that wait in the operating system for what comes on one connection each. A thread that the system wakes is at work some microseconds after the bytes have come; by the pool it would
/// be two threads that have to be woken, and spinning ones in between.
/// </summary>
internal static class ReaderThreads
{
    /// <summary>Connections beyond so many in a process are read from by the pool: threads are memory.</summary>
    private const int Most = 64;

    private const int MostIdle = 8;

    private static readonly Lock s_lock = new();
    private static readonly Stack<Worker> s_idle = new();
    private static int s_count;

    [ThreadStatic]
    private static bool t_isOne;

    /// <summary>Whether the current thread may wait for a connection.</summary>
    public static bool IsCurrent => t_isOne;

    /// <summary>Runs something on such a thread, which may then read for as long as it likes.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool TryRun(Action work)
    {
        Worker? worker;
        lock (s_lock)
        {
            if (!s_idle.TryPop(out worker))
            {
                if (s_count == Most)
                {
                    return false;
                }

                s_count++;
            }
        }

        if (worker is null)
        {
            new Worker(work).Start();
        }
        else
        {
            worker.Give(work);
        }

        return true;
    }

#pragma warning disable CA1001 // Its thread disposes of what it waits on when it ends.
    private sealed class Worker(Action first)
#pragma warning restore CA1001
    {
        private readonly ManualResetEventSlim _given = new(initialState: false, spinCount: 0);
        private Action? _work = first;

        public void Start() => new Thread(Run) { IsBackground = true, Name = "Wires reader" }.UnsafeStart();

        public void Give(Action work)
        {
            _work = work;
            _given.Set();
        }

        private void Run()
        {
            t_isOne = true;
            while (true)
            {
                _work!();
                _work = null;
                _given.Reset();
                lock (s_lock)
                {
                    if (s_idle.Count == MostIdle)
                    {
                        s_count--;
                        break;
                    }

                    s_idle.Push(this);
                }

                _given.Wait();
            }

            _given.Dispose();
        }
    }
}
