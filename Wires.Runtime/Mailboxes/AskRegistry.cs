using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>All call objects of the process, pooled or in use, so that deadlines cost a call nothing but the writing of one number.</summary>
/// <remarks>Objects are entered when they are made, not when they are sent; a sweep looks at each a few times a second.</remarks>
internal static class AskRegistry
{
    private static readonly Lock s_lock = new();
    private static readonly List<Ask> s_new = [];
    private static readonly List<Ask> s_all = [];
    private static readonly Lock s_sweeping = new();

    /// <summary>Answered calls of suspended methods that were looked at often enough: a variable may hold one still, or nothing does.</summary>
    private static readonly List<WeakReference<Ask>> s_unclaimed = [];
    private static int s_nextPruning = LeastPruning;

    private const int LeastPruning = 64;

    public static int Count => s_all.Count + s_new.Count;

    public static void Add(Ask call)
    {
        call.IsRegistered = true;
        lock (s_lock)
        {
            s_new.Add(call);
        }
    }

    /// <summary>A node stops with calls from outside unanswered: tells their callers.</summary>
    public static void Abandon(WireNode node, Exception reason)
    {
        lock (s_sweeping)
        {
            TakeNew();

            foreach (Ask call in s_all)
            {
                call.Abandon(node, reason);
            }
        }
    }

    /// <summary>The calls that a wire has made and whose outcome it has not taken. In a turn of the wire.</summary>
    public static List<Ask> MadeBy(Activation caller)
    {
        var made = new List<Ask>();
        lock (s_sweeping)
        {
            TakeNew();

            made.AddRange(s_all.Where(call => call.IsHeldBy(caller)));
            made.AddRange(s_unclaimed.Select(static unclaimed => unclaimed.TryGetTarget(out Ask? call) ? call : null).OfType<Ask>().Where(call => call.IsHeldBy(caller)));
        }

        return made;
    }

    /// <summary>Lets calls whose deadline has passed time out, and forgets objects that are lost to their pools.</summary>
    public static void Sweep()
    {
        if (!s_sweeping.TryEnter())
        {
            return;
        }

        try
        {
            TakeNew();

            int kept = 0;
            for (int i = 0; i < s_all.Count; i++)
            {
                Ask call = s_all[i];
                if (call.Sweep())
                {
                    s_all[kept++] = call;
                }
                else
                {
                    call.IsRegistered = false;
                    CallTable.Remove(call);
                    if (call.MayBeHeld)
                    {
                        s_unclaimed.Add(new WeakReference<Ask>(call));
                    }
                }
            }

            if (s_unclaimed.Count > s_nextPruning)
            {
                s_unclaimed.RemoveAll(static unclaimed => !unclaimed.TryGetTarget(out Ask? call) || !call.MayBeHeld);
                s_nextPruning = Math.Max(LeastPruning, 2 * s_unclaimed.Count);
            }

            s_all.RemoveRange(kept, s_all.Count - kept);
            if (s_all.Capacity > 1024 && s_all.Capacity > 4 * s_all.Count)
            {
                s_all.Capacity = s_all.Count * 2;
            }
        }
        finally
        {
            s_sweeping.Exit();
        }
    }

    /// <summary>By whoever sweeps.</summary>
    private static void TakeNew()
    {
        lock (s_lock)
        {
            s_all.AddRange(s_new);
            s_new.Clear();
        }
    }
}
