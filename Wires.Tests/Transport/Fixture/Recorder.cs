using System.Collections.Concurrent;
using Wires.Transport;

namespace Wires.Tests.Transport;

/// <summary>An upper layer that remembers all it was told.</summary>
internal sealed class Recorder : IConnectionHandler
{
    public delegate void FrameAction(Connection connection, ReadOnlySpan<byte> frame);

    private readonly ConcurrentDictionary<Connection, TaskCompletionSource<TransportException?>> _closed = new();
    private readonly TaskCompletionSource<Connection> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _batches;

    /// <summary>Instead of keeping frames.</summary>
    public FrameAction? Answer { get; set; }

    public ConcurrentQueue<byte[]> Frames { get; } = new();

    public ConcurrentQueue<byte[]> Unsent { get; } = new();

    /// <summary>The first connection.</summary>
    public Task<Connection> Opened => _opened.Task;

    public int Batches => Volatile.Read(ref _batches);

    public static void Echo(Connection connection, ReadOnlySpan<byte> frame) => _ = connection.Send(frame);

    /// <summary>Why a connection has ended.</summary>
    public Task<TransportException?> ReasonOf(Connection connection) => SourceOf(connection).Task;

    public void OnOpened(Connection connection) => _opened.TrySetResult(connection);

    public void OnFrame(Connection connection, ReadOnlySpan<byte> frame)
    {
        if (Answer is { } answer)
        {
            answer(connection, frame);
        }
        else
        {
            Frames.Enqueue(frame.ToArray());
        }
    }

    /// <summary>What frames wake, asked for after each batch of them.</summary>
    public Func<Connection, IWoken?>? Woken { get; set; }

    public IWoken? OnBatchEnd(Connection connection)
    {
        Interlocked.Increment(ref _batches);
        return Woken?.Invoke(connection);
    }

    public void OnUnsent(Connection connection, ReadOnlySpan<byte> frame) => Unsent.Enqueue(frame.ToArray());

    // A second call would throw, and be logged as the handler's failure.
    public void OnClosed(Connection connection, TransportException? reason) => SourceOf(connection).SetResult(reason);

    private TaskCompletionSource<TransportException?> SourceOf(Connection connection) =>
        _closed.GetOrAdd(connection, static _ => new TaskCompletionSource<TransportException?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
