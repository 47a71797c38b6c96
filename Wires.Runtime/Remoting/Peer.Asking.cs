using Wires.Transport;

namespace Wires.Remoting;

// Questions that are no calls of wires.
internal sealed partial class Peer
{
    /// <summary>Waits until the other side has taken or bounced all that was sent to it before, or is gone.</summary>
    /// <param name="alias">The wire in question: if it is about to leave there, until its mailbox has been closed. 0 for none.</param>
    public async Task FlushAsync(int alias = 0)
    {
        (long number, Task<byte[]?> flushed) = Begin();
        if (Connection.Send(FrameKind.Flush, number, alias) != SendResult.Closed)
        {
            await flushed.ConfigureAwait(false);
        }

        _waiting.TryRemove(number, out _);
    }

    /// <summary>Takes a wire's number back, so that another one may get it. Nothing is sent by it meanwhile.</summary>
    /// <returns>False if calls by it are left on the other side, or the connection is gone: it is the wire's still.</returns>
    public async Task<bool> TryUndefineAsync(int alias)
    {
        (long number, Task<byte[]?> answered) = Begin();
        bool isFree = Connection.Send(FrameKind.Undefine, number, alias) != SendResult.Closed && await answered.ConfigureAwait(false) is not null;
        _waiting.TryRemove(number, out _);
        if (isFree)
        {
            lock (_lock)
            {
                _routes[alias] = null;
                _free.Push(alias);
            }
        }

        return isFree;
    }

    /// <summary>Asks a question of the cluster's own.</summary>
    /// <exception cref="WireUnreachableException">The node is gone, or does not answer in time.</exception>
    public Task<byte[]> AskAsync(byte kind, ReadOnlyMemory<byte> question, TimeSpan timeout, CancellationToken cancellation)
    {
        (long number, Task<byte[]?> answered) = Begin();
        Connection.Send(FrameKind.Question, number, kind, question.Span);
        return WaitAsync(number, answered, kind, timeout, cancellation);
    }

    private async Task<byte[]> WaitAsync(long number, Task<byte[]?> answered, byte kind, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await answered.WaitAsync(timeout, TimeProvider.System, cancellation).ConfigureAwait(false)
                ?? throw new WireUnreachableException(IsOpen
                    ? $"Node {Name} at {Connection.RemoteAddress} could not answer a question of kind {kind}; its log says why."
                    : $"The connection to node {Name} at {Connection.RemoteAddress} was lost before it had answered a question of kind {kind}.");
        }
        catch (TimeoutException e)
        {
            throw new WireUnreachableException($"Node {Name} at {Connection.RemoteAddress} has not answered for {timeout.TotalSeconds:0.###} s.", e);
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }

    private (long Number, Task<byte[]?> Answer) Begin()
    {
        long number = Interlocked.Increment(ref _lastNumber);
        var source = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[number] = source;

        // Whoever closes the connection completes what it finds; whoever comes later finds it closed.
        if (Connection.IsClosed)
        {
            source.TrySetResult(null);
        }

        return (number, source.Task);
    }
}
