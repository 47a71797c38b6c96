using System.Diagnostics;
using Wires.Diagnostics;
using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>Watches all threads of the process for turns that do not end.</summary>
/// <remarks>
/// It counts its own looks, not time: when the machine stands still, so does the watchdog, and nobody is accused. Nor is a turn whose thread had no processor for
/// half of that time, where the system tells. A greedy turn loses the wire in its worker's
/// run-next slot, the pool gets a thread in its place, its method is no longer inlined, and a wire that does it again and again gets a lane of its own.
/// </remarks>
#pragma warning disable CA1001 // Its thread disposes of what it waits on when it ends.
internal sealed class Watchdog
#pragma warning restore CA1001
{
    /// <summary>From look to look. Also the resolution of <see cref="Clock.Coarse"/>, whatever the nodes' limits are.</summary>
    private const int Milliseconds = 3;

    private const int LeastLooks = 3;
    private const int MaxCompensation = 16;
    private const int OffencesForLane = 3;

    private static readonly Lock s_lock = new();
    private static Watchdog? s_instance;
    private static int s_users;

    private readonly List<WireThread> _threads = [];
    // It would spin before each wait, on a processor that others need.
    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly PoolProbe _probe = new();
    private int _compensated;

    private Watchdog()
    {
        new Thread(Run) { IsBackground = true, Name = "Wires watchdog", Priority = ThreadPriority.AboveNormal }.UnsafeStart();
    }

    /// <summary>What the watchdog saw last on a thread.</summary>
    internal struct Observation
    {
        public uint Sequence;
        public Activation? Activation;
        public int Looks;
        public TimeSpan? RunDelay;
        public long SeenAt;
        public bool IsCompensated;
        public WokenBatch? Batch;
        public long Progress;
    }

    /// <summary>How many looks at the same turn make it greedy.</summary>
    public static int LooksOf(TimeSpan greedyTurn) => Math.Max(LeastLooks, (int)Math.Min(int.MaxValue / 2, greedyTurn.TotalMilliseconds / Milliseconds));

    /// <summary>Starts the watchdog with the first node of the process.</summary>
    public static void Acquire()
    {
        lock (s_lock)
        {
            s_users++;
            s_instance ??= new Watchdog();
        }
    }

    /// <summary>Ends the watchdog with the last node.</summary>
    public static void Release()
    {
        lock (s_lock)
        {
            if (--s_users == 0)
            {
                s_instance?._stop.Set();
                s_instance = null;
            }
        }
    }

    private void Run()
    {
        while (!_stop.Wait(Milliseconds))
        {
            Clock.Refresh();
            Telemetry.Refresh();
            WireThread.Snapshot(_threads);
            uint fair = 0;
            foreach (WireThread thread in _threads)
            {
                Look(thread);
                fair += Volatile.Read(ref thread.Fair);
            }

            _probe.Look(fair);
        }

        foreach (WireThread thread in _threads)
        {
            EndCompensation(ref thread.Observed);
        }

        _stop.Dispose();
    }

    private void Look(WireThread thread)
    {
        ref Observation seen = ref thread.Observed;
        LookAtBatch(thread, ref seen);
        Activation? activation = Volatile.Read(ref thread.Activation);
        uint sequence = Volatile.Read(ref thread.Turns);
        if (activation is null || sequence != seen.Sequence || !ReferenceEquals(activation, seen.Activation))
        {
            EndCompensation(ref seen);
            seen = new Observation { Sequence = sequence, Activation = activation, Batch = seen.Batch, Progress = seen.Progress };
            return;
        }

        int limit = activation.Node.GreedyLooks;
        seen.Looks++;
        Charge(activation, ref seen);
        if (seen.Looks == 1)
        {
            seen.RunDelay = thread.RunDelay;
        }
        else if (seen.Looks == limit)
        {
            if (seen.RunDelay is { } before && thread.RunDelay is { } now && (now - before).TotalMilliseconds * 2 > (limit - 1) * Milliseconds)
            {
                // It is not greedy, it is starved.
                seen.Looks = 0;
                return;
            }

            Accuse(thread, activation, ref seen);
        }
        else if (seen.Looks > limit)
        {
            // It may wake others while it goes on.
            Scheduler.HandOver(thread);
        }
    }

    /// <summary>What was woken together with a long turn, or with code outside that blocks, does not wait for its end.</summary>
    private static void LookAtBatch(WireThread thread, ref Observation seen)
    {
        WokenBatch? batch = Volatile.Read(ref thread.Batch);
        long progress = batch?.Progress ?? 0;
        if (batch is not null && ReferenceEquals(batch, seen.Batch) && progress == seen.Progress)
        {
            batch.Help();
        }

        seen.Batch = batch;
        seen.Progress = progress;
    }

    /// <summary>Balancing must not wait for the end of a long turn to learn of it.</summary>
    private static void Charge(Activation wire, ref Observation seen)
    {
        long now = Stopwatch.GetTimestamp();
        if (seen.SeenAt != 0)
        {
            wire.Node.Cluster?.Balancing?.Work.StillRuns(wire, now - seen.SeenAt);
        }

        seen.SeenAt = now;
    }

    private void Accuse(WireThread thread, Activation wire, ref Observation seen)
    {
        WireMethod? method = wire.RunningMethod;
        Scheduler.HandOver(thread);
        if (thread.IsThreadPoolThread && _compensated < MaxCompensation)
        {
            ThreadPool.GetMinThreads(out int workers, out int ports);
            seen.IsCompensated = ThreadPool.SetMinThreads(workers + 1, ports);
            _compensated += seen.IsCompensated ? 1 : 0;
        }

        method?.Profile.Demote();
        wire.Node.ReportGreedyTurn(wire, method, offence: ++wire.GreedyTurns, needsLane: wire.GreedyTurns >= OffencesForLane);
    }

    private void EndCompensation(ref Observation seen)
    {
        if (seen.IsCompensated)
        {
            seen.IsCompensated = false;
            _compensated--;
            ThreadPool.GetMinThreads(out int workers, out int ports);
            ThreadPool.SetMinThreads(Math.Max(1, workers - 1), ports);
        }
    }
}
