using System.Collections.Concurrent;
using System.Diagnostics;

namespace Wires.Benchmarks.Limits;

/// <summary>Making mailboxes and finding them by key.</summary>
internal static class ActivationLimit
{
    public static ValueTask<Sample> RunAsync(int count)
    {
        string[] keys = [.. Enumerable.Range(0, count).Select(static i => $"wire-{i}")];
        var table = new ConcurrentDictionary<string, MiniMailbox>(StringComparer.Ordinal);
        return Measure.RunAsync(count, () =>
        {
            foreach (string key in keys)
            {
                var mailbox = new MiniMailbox();
                table.TryAdd(key, mailbox);
                mailbox.TryEnter();
                mailbox.Leave();
            }

            return default;
        });
    }

    public static ValueTask<Sample> RetainedAsync(int count)
    {
        var table = new ConcurrentDictionary<long, MiniMailbox>();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < count; i++)
        {
            table.TryAdd(i, new MiniMailbox { State = s_state });
        }

        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(table);
        return new ValueTask<Sample>(new Sample(count, Stopwatch.GetElapsedTime(0), bytes));
    }

    private static readonly object s_state = new();
}
