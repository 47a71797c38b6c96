using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Mobility;

namespace Wires.Mailboxes;

/// <summary>What the runtime keeps for a thread that runs or calls wires. One thread-static read leads to all of it.</summary>
internal sealed class WireThread
{
    /// <summary>How deep calls may run on their callers' stacks.</summary>
    public const int MaxInlineDepth = 24;

    [ThreadStatic]
    private static WireThread? t_current;

    private static readonly Lock s_lock = new();
    private static readonly List<WireThread> s_all = [];

    /// <summary>The context of a thread on which nothing flows: what wire code sees.</summary>
    public static readonly ExecutionContext DefaultContext = CaptureDefaultContext();

    private readonly Thread _thread = Thread.CurrentThread;

    private readonly string? _delaySource = Mailboxes.RunDelay.CurrentThread();

    /// <summary>The wire whose code is on top of this thread's stack.</summary>
    public Activation? Activation;

    /// <summary>How many calls run on their callers' stacks here.</summary>
    public int Depth;

    private uint _random = (uint)Environment.CurrentManagedThreadId * 2654435769u | 1;

    /// <summary>Grows with each turn that starts here: the watchdog tells by it whether it still sees the same turn, and turns to be timed are chosen by it.</summary>
    public uint Turns;

    /// <summary>Grows with each wire that this thread has taken of those that wait behind all others.</summary>
    public uint Fair;

    /// <summary>The frame that is being suspended, while its awaiter takes its continuation.</summary>
    public WireFrame? Suspending;

    /// <summary>Whether this thread is in <see cref="Scheduler.Run"/> and will look at <see cref="RunNext"/>.</summary>
    public bool IsWorker;

    /// <summary>What this worker runs after the current turn, without the pool. The watchdog takes it away from a greedy turn.</summary>
    public IThreadPoolWorkItem? RunNext;

    /// <summary>This worker empties <see cref="RunNext"/> just now.</summary>
    public bool IsTakingNext;

    /// <summary>The watchdog is about to empty <see cref="RunNext"/>.</summary>
    public bool IsBeingRobbed;

    /// <summary>What this worker runs just now, one after another.</summary>
    public WokenBatch? Batch;

    /// <summary>While this thread reads from a connection: what that wakes.</summary>
    public WokenBatch? Gathering;

    public FreeList[] FreeLists = new FreeList[64];

    /// <summary>For the watchdog alone.</summary>
    public Watchdog.Observation Observed;

    public static WireThread Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_current ?? Create();
    }

    public static WireThread? TryCurrent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_current;
    }

    public bool IsAlive => _thread.IsAlive;

    public bool IsThreadPoolThread => _thread.IsThreadPoolThread;

    /// <summary>How long this thread has waited for a processor; null where the system does not tell.</summary>
    public TimeSpan? RunDelay => Mailboxes.RunDelay.Read(_delaySource);

    /// <summary>A turn was timed: the next one is as far away as chance wants it. At equal distances, wires that take turns would be timed always or never.</summary>
    public void JumpTurns() => Turns += NextRandom() % MethodProfile.SampleMask;

    /// <summary>Whether chance picks one of <see cref="MethodProfile.SampleEvery"/>, for what is no turn.</summary>
    public bool IsPicked() => NextRandom() % MethodProfile.SampleEvery == 0;

    private uint NextRandom()
    {
        uint x = _random;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5; // xorshift (Marsaglia 2003)
        return _random = x;
    }

    public FreeList[] GrowFreeLists(int index)
    {
        if (index >= FreeLists.Length)
        {
            Array.Resize(ref FreeLists, Math.Max(index + 1, FreeLists.Length * 2));
        }

        return FreeLists;
    }

    /// <summary>Copies the live threads to <paramref name="into"/>, forgetting the dead ones.</summary>
    public static void Snapshot(List<WireThread> into)
    {
        into.Clear();
        lock (s_lock)
        {
            for (int i = s_all.Count - 1; i >= 0; i--)
            {
                if (!s_all[i].IsAlive)
                {
                    s_all[i].DropFreeLists();
                    s_all.RemoveAt(i);
                }
            }

            into.AddRange(s_all);
        }
    }

    /// <summary>The thread is dead: the registry of calls must not keep what its pools held.</summary>
    private void DropFreeLists()
    {
        foreach (FreeList list in FreeLists)
        {
            MessageDepot.Drop(list.Head);
            MessageDepot.Drop(list.Spare);
        }

        FreeLists = [];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WireThread Create()
    {
        var thread = new WireThread();
        lock (s_lock)
        {
            s_all.Add(thread);
        }

        return t_current = thread;
    }

    // ExecutionContext.Default is not public; a new thread that inherits nothing has it.
    private static ExecutionContext CaptureDefaultContext()
    {
        ExecutionContext? context = null;
        var thread = new Thread(() => context = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return context!;
    }
}
