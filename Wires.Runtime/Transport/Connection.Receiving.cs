using System.Net.Sockets;
using System.Text;

namespace Wires.Transport;

internal sealed partial class Connection
{
    private static readonly TimeSpan s_blockedLook = TimeSpan.FromMilliseconds(5);

    // Two nodes that both wait for the other to read would wait for ever, so each reads a little all the same.
    private static readonly TimeSpan s_trickle = TimeSpan.FromMilliseconds(250);

    private readonly IncomingBuffer _incoming = new();
    private long _lastHeard;

    private bool IsCongested => QueuedBytes > _options.HighWaterBytes && !_isClosing;

    /// <summary>Reads until the connection ends, and ends it.</summary>
    private async Task RunAsync()
    {
        TransportException? reason;
        try
        {
            _handler.OnOpened(this);
            reason = await ReceiveAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            reason = await WhileBlockedAsync().ConfigureAwait(false) ? LostWith(exception) : null;
        }
#pragma warning disable CA1031 // Whatever the upper layer throws, it costs this connection only.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.HandlerFailed(ToString(), exception);
            reason = new TransportException(TransportFault.HandlerFailed, $"A frame of {Peer} could not be handled: {exception.Message}", exception);
            await PartAsync("A frame could not be handled; that node's log says why.", reason).ConfigureAwait(false);
        }

        Abort(reason);
        await EndAsync().ConfigureAwait(false);
    }

    private async Task<TransportException?> ReceiveAsync()
    {
        while (true)
        {
            if (IsCongested)
            {
                _ = await WhileCongestedAsync().ConfigureAwait(false);
            }

            int count = await _channel.ReceiveAsync(_incoming.GetRoom()).ConfigureAwait(false);
            if (!await WhileBlockedAsync().ConfigureAwait(false))
            {
                return null;
            }

            if (count == 0)
            {
                return LostWith(null);
            }

            Volatile.Write(ref _lastHeard, Environment.TickCount64);
            _incoming.Add(count);
            bool isThrough;
            bool all = false;
            do
            {
                if (Deliver(all, out isThrough) is { } flaw)
                {
                    if (flaw.Fault != TransportFault.PeerClosed)
                    {
                        await PartAsync(flaw.Message, flaw).ConfigureAwait(false);
                    }

                    return flaw;
                }

                if (!isThrough)
                {
                    all = !await WhileCongestedAsync().ConfigureAwait(false);
                }
            }
            while (!isThrough);
        }
    }

    /// <summary>Tells the peer why, and gives it time to hear it: closing with its bytes unread would cut our own words off.</summary>
    private async Task PartAsync(string told, TransportException reason)
    {
        Close(told, reason);
        byte[] ignored = new byte[4096];
        try
        {
            while (await _channel.ReceiveAsync(ignored).ConfigureAwait(false) > 0)
            {
                // Nobody listens any more.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <summary>Hands over the whole frames that are there, or fewer where the answers to them wait for a peer that does not read.</summary>
    private TransportException? Deliver(bool all, out bool isThrough)
    {
        int frames = 0;
        int delivered = 0;
        TransportException? flaw = null;
        isThrough = true;
        t_delivering = this;
        try
        {
            while (true)
            {
                if (!_incoming.TryTake(_largestToReceive, out ReadOnlySpan<byte> frame, out bool isWhole, out uint length))
                {
                    flaw = FlawOf(length);
                    break;
                }

                if (!isWhole)
                {
                    break;
                }

                frames++;
                if (frame[0] >= FrameKind.FirstOfUpperLayer)
                {
                    if (!_isClosing)
                    {
                        delivered++;
                        _handler.OnFrame(this, frame);
                    }
                }
                else if ((flaw = TakeOwn(frame)) is not null)
                {
                    break;
                }

                // The queue is looked at from time to time, as that takes its lock.
                if ((frame.Length > 1024 || frames % 16 == 0) && !all && IsCongested)
                {
                    isThrough = false;
                    break;
                }
            }

            if (delivered > 0 && !_isClosing)
            {
                _handler.OnBatchEnd(this);
            }
        }
        finally
        {
            t_delivering = null;
        }

        EndBatch(frames);
        return flaw;
    }

    /// <summary>Sends what was answered during the batch, on this thread: it is hot, and all that gathers has gathered.</summary>
    private void EndBatch(int frames)
    {
        bool flush = false;
        lock (_lock)
        {
            _isAlternating = frames == 1;
            if (_flush == FlushState.Corked)
            {
                _flush = FlushState.Flushing;
                flush = true;
            }
        }

        if (flush)
        {
            Flush();
        }
    }

    private TransportException? TakeOwn(ReadOnlySpan<byte> frame)
    {
        switch (frame[0])
        {
            case FrameKind.Ping:
                _ = Queue([FrameKind.Pong]);
                return null;
            case FrameKind.Pong:
                return null;
            case FrameKind.Goodbye:
                string reason = Encoding.UTF8.GetString(frame[1..Math.Min(frame.Length, LargestGoodbye)]);
                return new TransportException(TransportFault.PeerClosed, $"{Peer} has closed the connection: {reason}");
            default:
                return new TransportException(TransportFault.Malformed, $"{this} has sent a frame of the unknown kind {frame[0]}. Do the nodes run different builds of Wires?");
        }
    }

    private TransportException FlawOf(uint length) => length == 0
        ? new TransportException(TransportFault.Malformed, $"{this} has sent an empty frame, which no node does.")
        : new TransportException(TransportFault.FrameTooLarge, $"{this} announces a frame of {length} bytes, more than {nameof(TransportOptions.MaxFrameBytes)} ({_largestToReceive}) allows here.");

    /// <summary>While its answers wait, a peer is not served more.</summary>
    /// <returns>False if they still wait, and it is time to read a little all the same.</returns>
    private async ValueTask<bool> WhileCongestedAsync()
    {
        using var limit = new CancellationTokenSource(s_trickle);
        try
        {
            await WhenDrainedAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What comes from a peer that is cut off stays on the way, the end of the connection too.</summary>
    /// <returns>Whether the connection is still of interest.</returns>
    private async ValueTask<bool> WhileBlockedAsync()
    {
        while (!_isAborted && IsBlocked)
        {
            await Task.Delay(s_blockedLook, TimeProvider.System).ConfigureAwait(false);
        }

        return !_isAborted;
    }
}
