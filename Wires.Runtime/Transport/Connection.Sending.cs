using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Wires.Transport;

internal sealed partial class Connection : IThreadPoolWorkItem
{
    // So much is handed to the socket at once: what is beyond is certainly unsent when the connection breaks, and what is within shows that the peer reads.
    private const int SliceBytes = 256 * 1024;

    // A batch does not wait for its end: the first part of what it sends leaves early enough for the peer to work on it meanwhile. In parts that are too small, the system's work would be most of it.
    private const int LeastCorkBytes = 1024;
    private const int MostCorkBytes = 8 * 1024;

    // Of large frames, so many: for few of them the system's work is much.
    private const int MostCorkFrames = 64;
    private const int CorkParts = 3;

    private const int LargestInline = 4096;

    // A connection that has sent nothing for so long is quiet: what comes then is not one of many.
    private static readonly long s_quietTicks = Stopwatch.Frequency / 10_000;

    private readonly Action _continueFlush;
    private OutgoingBuffer _filling = new();
    private OutgoingBuffer _sending = new();
    private volatile FlushState _flush;
    private ValueTask<int> _send;
    private TaskCompletionSource? _drained;
    private TaskCompletionSource? _almostDrained;
    private TaskCompletionSource? _flushEnded;
    private long _lastSent;
    private long _flushedAt;
    private int _asked;
    private int _corkBytes = LeastCorkBytes;
    private int _queued;
    private int _sends;
    private bool _isAlternating;

    /// <summary>Whether frames wait for the end of what a thread does.</summary>
    public bool IsCorked => _flush == FlushState.Corked;

    /// <summary>How much was accepted and not yet taken by the socket.</summary>
    public int QueuedBytes => Volatile.Read(ref _queued);

    private int Queued_NeedsLock => (int)Math.Min(int.MaxValue, (long)_filling.Count + _sending.Count - _sending.Handed);

    /// <summary>Queues a frame. Its first byte must not be below <see cref="FrameKind.FirstOfUpperLayer"/>. Never waits, and calls no handler.</summary>
    /// <exception cref="TransportException">The frame is larger than either end allows.</exception>
    public SendResult Send(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > _largestToSend)
        {
            ThrowTooLarge(frame.Length);
        }

        if (frame.IsEmpty || frame[0] < FrameKind.FirstOfUpperLayer)
        {
            ThrowNotOfUpperLayer(frame);
        }

        return Queue(frame);
    }

    /// <summary>Completes when less than <see cref="TransportOptions.LowWaterBytes"/> waits, or when the connection closes.</summary>
    public ValueTask WhenDrainedAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            if (_isClosing || Queued_NeedsLock < Math.Max(1, _options.LowWaterBytes))
            {
                return default;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
        }

        return new ValueTask(cancellationToken.CanBeCanceled ? drained.WaitAsync(cancellationToken) : drained);
    }

    /// <summary>Completes when hardly more waits than is handed to the socket at once, or when the connection closes: for what is large and can wait.</summary>
    public ValueTask WhenAlmostDrainedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isClosing || Queued_NeedsLock <= SliceBytes)
            {
                return default;
            }

            _almostDrained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_almostDrained.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>The flush, on a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute() => Flush();

    private SendResult Queue(ReadOnlySpan<byte> frame)
    {
        bool isFlusher;
        bool isInline = false;
        int queued;
        bool hasCork = Cork.IsIn(this);
        lock (_lock)
        {
            if (_isClosing)
            {
                return SendResult.Closed;
            }

            if (!_filling.TryAppend(frame))
            {
                queued = -1;
                isFlusher = false;
            }
            else
            {
                isFlusher = BecomeFlusher_NeedsLock(frame.Length, hasCork, out isInline);
                queued = Queued_NeedsLock;
                Volatile.Write(ref _queued, queued);
            }
        }

        if (isFlusher)
        {
            if (isInline)
            {
                Flush();
            }
            else
            {
                // Not to the thread's own queue, which takes the newest first: the flush would run after the first of many answers. Those in the common queue come last.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
        else if (queued < 0)
        {
            Abort(new TransportException(TransportFault.PeerDead, $"{Peer} does not read: 2 GiB wait for it. Senders must await {nameof(WhenDrainedAsync)} when {nameof(Send)} says {nameof(SendResult.Congested)}."));
            return SendResult.Closed;
        }

        return queued > _options.HighWaterBytes ? SendResult.Congested : SendResult.Sent;
    }

    /// <summary>Whether the caller has to see to the flush, and whether right away.</summary>
    private bool BecomeFlusher_NeedsLock(int length, bool hasCork, out bool isInline)
    {
        isInline = false;
        switch (_flush)
        {
            case FlushState.Idle when hasCork:
                _flush = FlushState.Corked;
                return false;
            case FlushState.Idle:
                // Where one frame goes and one comes, or hardly any go, nothing gathers, and a hop to another thread would be all that is gained.
                isInline = length <= LargestInline && (_isAlternating || Stopwatch.GetTimestamp() - _flushedAt > s_quietTicks);
                break;
            case FlushState.Corked when hasCork:
                if (_filling.Count < _corkBytes)
                {
                    return false;
                }

                isInline = true;
                break;
            case FlushState.Corked:
                // The batch may take its time.
                break;
            default:
                return false;
        }

        // From here on the peer has its time to take it.
        Volatile.Write(ref _lastSent, Environment.TickCount64);
        _flush = FlushState.Flushing;
        return true;
    }

    /// <summary>Sends what waits for the end of what a thread does (<see cref="Cork"/>), on this thread.</summary>
    public void FlushCorked()
    {
        if (_flush != FlushState.Corked)
        {
            return;
        }

        lock (_lock)
        {
            if (_flush != FlushState.Corked)
            {
                return;
            }

            Volatile.Write(ref _lastSent, Environment.TickCount64);
            _flush = FlushState.Flushing;
        }

        Flush();
    }

    /// <summary>Sends what is queued until nothing is left, over several sends that may each complete later.</summary>
#pragma warning disable CA2012 // One send at a time, and each is asked for its result once.
    private void Flush()
    {
        while (TryGetSlice(out ReadOnlyMemory<byte> slice))
        {
            try
            {
                _asked = slice.Length;
                _send = _channel.SendAsync(slice);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                _send = ValueTask.FromException<int>(exception);
            }

            if (!_send.IsCompleted)
            {
                _send.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_continueFlush);
                return;
            }

            TakeSent();
        }
    }
#pragma warning restore CA2012

    private void ContinueFlush()
    {
        TakeSent();
        Flush();
    }

    /// <remarks>A short send hands the rest over anew.</remarks>
    private void TakeSent()
    {
        try
        {
            int sent = _send.GetAwaiter().GetResult();
            _sending.Handed -= _asked - sent;
            Volatile.Write(ref _sends, _sends + 1);
            Volatile.Write(ref _lastSent, Environment.TickCount64);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            Abort(LostWith(exception));
        }
    }

    private bool TryGetSlice(out ReadOnlyMemory<byte> slice)
    {
        slice = default;
        bool isBlocked = IsBlocked;
        bool isFenced = false;
        TaskCompletionSource? drained = null;
        TaskCompletionSource? almostDrained = null;
        TaskCompletionSource? ended = null;
        bool endSending = false;
        lock (_lock)
        {
            if (_sending.Handed == _sending.Count)
            {
                _sending.Clear();
                (_sending, _filling) = (_filling, _sending);
            }

            if (_drained is not null && Queued_NeedsLock < Math.Max(1, _options.LowWaterBytes))
            {
                (drained, _drained) = (_drained, null);
            }

            if (_almostDrained is not null && Queued_NeedsLock <= SliceBytes)
            {
                (almostDrained, _almostDrained) = (_almostDrained, null);
            }

            if (_isAborted)
            {
                _flush = FlushState.Ended;
                ended = _flushEnded;
            }
            else if (_sending.Count == 0)
            {
                _flush = FlushState.Idle;
                _flushedAt = Stopwatch.GetTimestamp();
                _isAlternating = false;
                endSending = _isClosing;
            }
            else if (isBlocked)
            {
                _flush = FlushState.Held;
            }
            else if (_options.IsFenced)
            {
                isFenced = true;
            }
            else
            {
                slice = _sending.Peek(SliceBytes);
                _sending.Handed += slice.Length;
            }

            Volatile.Write(ref _queued, Queued_NeedsLock);
        }

        drained?.TrySetResult();
        almostDrained?.TrySetResult();
        ended?.TrySetResult();
        if (endSending)
        {
            _channel.EndSending();
        }

        if (isFenced)
        {
            Abort(new TransportException(TransportFault.Fenced, "This node's lease has ended, so it sends nothing more: others may have taken its wires over."));
            return TryGetSlice(out slice);
        }

        return slice.Length > 0;
    }

    private void CompleteDrained()
    {
        TaskCompletionSource? drained;
        TaskCompletionSource? almostDrained;
        lock (_lock)
        {
            (drained, _drained) = (_drained, null);
            (almostDrained, _almostDrained) = (_almostDrained, null);
        }

        drained?.TrySetResult();
        almostDrained?.TrySetResult();
    }

    private void ThrowTooLarge(int length) => throw new TransportException(
        TransportFault.FrameTooLarge,
        _largestToSend < _options.MaxFrameBytes
            ? $"A frame of {length} bytes is larger than {Peer} takes ({_largestToSend} bytes): raise {nameof(TransportOptions.MaxFrameBytes)} there, or send less at once."
            : $"A frame of {length} bytes is larger than {nameof(TransportOptions.MaxFrameBytes)} ({_largestToSend} bytes): raise it on all nodes, or send less at once.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowNotOfUpperLayer(ReadOnlySpan<byte> frame) =>
        throw new ArgumentException($"A frame has at least one byte, and the first one is not below {FrameKind.FirstOfUpperLayer}: those are the transport's own.", nameof(frame));
}
