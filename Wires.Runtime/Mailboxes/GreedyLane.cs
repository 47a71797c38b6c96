using System.Collections.Concurrent;

namespace Wires.Mailboxes;

/// <summary>A thread for wires that keep holding threads: there they hold up one another only.</summary>
internal sealed class GreedyLane : IDisposable
{
    private readonly BlockingCollection<Activation> _queue = [];

    public GreedyLane(string name)
    {
        new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
    }

    public void Add(Activation wire)
    {
        try
        {
            _queue.Add(wire);
        }
        catch (InvalidOperationException)
        {
            // The lane is closed with its node; what is left runs anywhere.
            ThreadPool.UnsafeQueueUserWorkItem(wire, preferLocal: false);
        }
    }

    public void Dispose() => _queue.CompleteAdding();

    private void Run()
    {
        foreach (Activation wire in _queue.GetConsumingEnumerable())
        {
            wire.RunSlice(WireThread.Current);
            Scheduler.Leave(WireThread.Current);
        }

        _queue.Dispose();
    }
}
