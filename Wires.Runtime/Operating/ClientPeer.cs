using System.Collections.Concurrent;
using Wires.Remoting;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Operating;

/// <summary>A node as a client asks it.</summary>
internal sealed class ClientPeer
{
    private readonly Connection _connection;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<byte[]?>> _waiting = new();
    private long _last;

    public ClientPeer(Connection connection)
    {
        _connection = connection;
        connection.Tag = this;
    }

    public async Task<byte[]> AskAsync(byte kind, byte[] question, TimeSpan timeout, CancellationToken cancellation)
    {
        long number = Interlocked.Increment(ref _last);
        var answered = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = answered;
        try
        {
            // Whoever closes the connection completes what it finds; whoever comes later finds it closed.
            if (_connection.Send(Remoting.FrameKind.Question, number, kind, question) == SendResult.Closed || _connection.IsClosed)
            {
                answered.TrySetResult(null);
            }

            return await answered.Task.WaitAsync(timeout, TimeProvider.System, cancellation).ConfigureAwait(false)
                ?? throw new WireUnreachableException($"Node {_connection.Peer.Name} at {_connection.RemoteAddress} went away, or does not know this question: does it run the same release of Wires?");
        }
        catch (TimeoutException e)
        {
            throw new WireUnreachableException($"Node {_connection.Peer.Name} at {_connection.RemoteAddress} has not answered for {timeout.TotalSeconds:0.###} s.", e);
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.ReadUnmanaged(out byte kind, out long number);
        if ((Remoting.FrameKind)kind == Remoting.FrameKind.Answer && _waiting.TryGetValue(number, out TaskCompletionSource<byte[]?>? waiting))
        {
            waiting.TrySetResult(reader.ReadUnmanaged<bool>() ? reader.TakeSpan((int)reader.Remaining).ToArray() : null);
        }
    }

    public void OnClosed()
    {
        foreach (TaskCompletionSource<byte[]?> waiting in _waiting.Values)
        {
            waiting.TrySetResult(null);
        }
    }
}
