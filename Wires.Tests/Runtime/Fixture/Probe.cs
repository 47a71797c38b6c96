using System.Collections.Concurrent;

namespace Wires.Tests.Runtime;

/// <summary>What the wires of a test share with it: notes of what happened, and gates that hold them. A service of the node.</summary>
public sealed class Probe
{
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new();
    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _blocks = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>All that has happened, in order.</summary>
    public string[] Notes => [.. _notes];

    public IReadOnlyCollection<string> Failures => _failures;

    public void Note(string what)
    {
        _notes.Enqueue(what);
        Of(_reached, what).TrySetResult();
    }

    /// <summary>Counts what is too much to note.</summary>
    public void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    public int Counted(string what) => _counts.GetValueOrDefault(what);

    /// <summary>A wire has seen something that must not be.</summary>
    public void Fail(string what) => _failures.Enqueue(what);

    /// <summary>Completes when <paramref name="what"/> has been noted.</summary>
    public Task Reached(string what) => Of(_reached, what).Task.Within($"nobody noted '{what}'; noted: {string.Join(", ", Notes)}");

    /// <summary>What a method awaits until the test opens it, on a thread of the pool.</summary>
    public Task Gate(string name) => Of(_gates, name).Task;

    public void Open(string name) => Of(_gates, name).TrySetResult();

    /// <summary>Holds the thread, as no wire should, until the test unblocks it.</summary>
    public void Block(string name)
    {
        Note(name);
        if (!_blocks.GetOrAdd(name, static _ => new ManualResetEventSlim()).Wait(Waits.Patience))
        {
            Fail($"nobody unblocked '{name}'");
        }
    }

    public void Unblock(string name) => _blocks.GetOrAdd(name, static _ => new ManualResetEventSlim()).Set();

    private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> sources, string name) =>
        sources.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
