using System.Collections.Concurrent;

namespace Wires.Tests.Cluster;

/// <summary>Sees every life and every turn of the wires of a cluster in one process: a wire that is alive twice, or an earlier life that runs after a later one began, is told.</summary>
public sealed class LifeLog
{
    private readonly ConcurrentDictionary<(string Key, long Epoch), string> _lives = new();
    private readonly ConcurrentDictionary<string, long> _epochs = new();
    private readonly ConcurrentDictionary<long, int> _runs = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private long _turns;
    private int _lost;

    public IReadOnlyCollection<string> Violations => _violations;

    public long Turns => Interlocked.Read(ref _turns);

    public int Lives => _lives.Count;

    /// <summary>Lives that were told that an earlier one was lost.</summary>
    public int Lost => _lost;

    public void Begin(string key, long epoch, string node, AttachReason reason)
    {
        string first = _lives.GetOrAdd((key, epoch), node);
        if (first != node)
        {
            _violations.Enqueue($"wire {key} came to life in epoch {epoch} on {first} and on {node}");
        }

        if (reason == AttachReason.Lost)
        {
            Interlocked.Increment(ref _lost);
        }

        _epochs.AddOrUpdate(key, epoch, (_, latest) => Math.Max(latest, epoch));
    }

    /// <summary>A turn of a life; <paramref name="call"/> tells calls apart.</summary>
    public void Turn(string key, long epoch, string node, long call)
    {
        Interlocked.Increment(ref _turns);
        if (_epochs.TryGetValue(key, out long latest) && epoch < latest)
        {
            _violations.Enqueue($"wire {key} ran on {node} in epoch {epoch} after it had come to life in epoch {latest}");
        }

        if (call != 0 && _runs.AddOrUpdate(call, 1, static (_, count) => count + 1) > 1)
        {
            _violations.Enqueue($"call {call} of wire {key} ran twice, the second time on {node} in epoch {epoch}");
        }
    }

    public bool HasRun(long call) => _runs.ContainsKey(call);
}

/// <summary>A wire that tells the log of its life.</summary>
[Wire]
public partial class Witness(LifeLog log) : IAttached
{
    private int _count;

    public WireTask OnAttached(AttachReason reason)
    {
        log.Begin(Name, Wire.Self.Epoch, Wire.Node, reason);
        return WireTask.CompletedTask;
    }

    public int Count(long call)
    {
        log.Turn(Name, Wire.Self.Epoch, Wire.Node, call);
        return ++_count;
    }

    private static string Name => Wire.Self.Key.ToString();
}
