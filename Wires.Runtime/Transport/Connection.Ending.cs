using System.Text;

namespace Wires.Transport;

internal sealed partial class Connection
{
    private const int LargestGoodbye = 512;

    /// <summary>Called by the transport's timer.</summary>
    public void Tick(long now)
    {
        bool flush = false;
        bool isStuck;
        lock (_lock)
        {
            if (_isAborted)
            {
                return;
            }

            isStuck = Queued_NeedsLock > 0 || _sending.Count > 0;
            if (_flush == FlushState.Held)
            {
                _flush = FlushState.Flushing;
                flush = true;
            }
        }

        if (flush)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        long silence = now - Volatile.Read(ref _lastHeard);
        long standstill = now - Volatile.Read(ref _lastSent);
        if (_isListening && silence > _options.PeerTimeout.TotalMilliseconds)
        {
            Abort(new TransportException(TransportFault.PeerDead, $"Nothing was heard of {this} for {silence} ms ({nameof(TransportOptions.PeerTimeout)}): it hangs, is gone, or is cut off."));
        }
        else if (isStuck && standstill > _options.PeerTimeout.TotalMilliseconds)
        {
            Abort(new TransportException(TransportFault.PeerDead, $"{this} has read nothing of what waits for it for {standstill} ms ({nameof(TransportOptions.PeerTimeout)}): it hangs, or is cut off."));
        }
        else if (!isStuck && Math.Max(silence, standstill) >= _options.PingPeriod.TotalMilliseconds)
        {
            _ = Queue([FrameKind.Ping]);
        }
    }

    /// <summary>After the channel is closed: waits for the flush, gives back what was not sent, and says that it is over.</summary>
    private async Task EndAsync()
    {
        Task flushEnded = Task.CompletedTask;
        lock (_lock)
        {
            if (_flush == FlushState.Flushing)
            {
                _flushEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                flushEnded = _flushEnded.Task;
            }
            else
            {
                _flush = FlushState.Ended;
            }
        }

        await flushEnded.ConfigureAwait(false);
        try
        {
            TellUnsent(_sending);
            TellUnsent(_filling);
            _handler.OnClosed(this, _reason);
        }
#pragma warning disable CA1031 // The connection ends all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.HandlerFailed(ToString(), exception);
        }

        _sending.Return();
        _filling.Return();
        _incoming.Return();
        if (_reason is null)
        {
            _log.Closed(ToString());
        }
        else
        {
            _log.Lost(ToString(), _reason.Message);
        }

        _ended(this);
        _closed.TrySetResult();
    }

    private bool AppendGoodbye_NeedsLock(string reason)
    {
        Span<byte> frame = stackalloc byte[1 + LargestGoodbye];
        frame[0] = FrameKind.Goodbye;
        Encoding.UTF8.TryGetBytes(reason.AsSpan(0, Math.Min(reason.Length, LargestGoodbye / 3)), frame[1..], out int length);
        _ = _filling.TryAppend(frame[..(1 + length)]);
        if (_flush is not (FlushState.Idle or FlushState.Corked))
        {
            return false;
        }

        _flush = FlushState.Flushing;
        return true;
    }

    private void TellUnsent(OutgoingBuffer buffer)
    {
        int position = 0;
        while (buffer.TryTakeUnsent(ref position, out ReadOnlySpan<byte> frame))
        {
            if (frame[0] >= FrameKind.FirstOfUpperLayer)
            {
                _handler.OnUnsent(this, frame);
            }
        }
    }

    private TransportException LostWith(Exception? exception) => exception is null
        ? new TransportException(TransportFault.Unreachable, $"{this} has gone without a goodbye: its process has ended, or the network has.")
        : new TransportException(TransportFault.Unreachable, $"The connection to {this} broke: {exception.Message}", exception);
}
