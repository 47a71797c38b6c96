using System.Net.Sockets;
using System.Text;
using Wires.Mailboxes;

namespace Wires.Transport;

internal sealed partial class Connection
{
    // Two nodes that both wait for the other to read would wait for ever, so each lets its own queue grow a little all the same, less and less often while the other takes nothing.
    private const int LeastTrickleMilliseconds = 4;
    private const int MostTrickleMilliseconds = 256;

    private static readonly TimeSpan s_blockedLook = TimeSpan.FromMilliseconds(5);

    /// <summary>Stands for: another thread reads on.</summary>
    private static readonly TransportException s_readElsewhere = new(TransportFault.HandlerFailed, "");

    private readonly IncomingBuffer _incoming = new();
    private long _lastHeard;

    /// <summary>Whether the peer would be heard now: its silence means nothing while it is not read from.</summary>
    private volatile bool _isListening;

    /// <summary>The mean length of the frames that came last.</summary>
    private int _frameBytes;

    private int _trickle = LeastTrickleMilliseconds;

    /// <summary>The high water mark, or what is allowed beyond it for now.</summary>
    private int _mostQueued;

    private bool IsCongested => QueuedBytes > Volatile.Read(ref _mostQueued) && !_isClosing;

    /// <summary>Reads on, on this thread, as the one that has read until now is busy with what it has read. Whoever calls has made sure that it reads no more.</summary>
    public void ReadOn() => _ = RunAsync();

    /// <summary>Reads until the connection ends, and ends it; or until another thread does.</summary>
    private async Task RunAsync()
    {
        TransportException? reason;
        try
        {
            reason = await ReceiveAsync().ConfigureAwait(false);
            if (ReferenceEquals(reason, s_readElsewhere))
            {
                return;
            }
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
                await WhileCongestedAsync().ConfigureAwait(false);
            }
            else if (_mostQueued != _options.HighWaterBytes && QueuedBytes < _options.LowWaterBytes)
            {
                ResumeUsualReading();
            }

            _isListening = true;
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
            _isListening = false;
            _incoming.Add(count);

            // What is sent on it will come to about as much, in frames as large as the last ones.
            _corkBytes = Math.Clamp(count / CorkParts, LeastCorkBytes, Math.Clamp(MostCorkFrames * _frameBytes, MostCorkBytes, SliceBytes));
            bool isThrough;
            do
            {
                if (Deliver(out isThrough, out IWoken? woken) is { } flaw)
                {
                    RunLater(woken);
                    if (flaw.Fault != TransportFault.PeerClosed)
                    {
                        await PartAsync(flaw.Message, flaw).ConfigureAwait(false);
                    }

                    return flaw;
                }

                if (!isThrough)
                {
                    RunLater(woken);
                    await WhileCongestedAsync().ConfigureAwait(false);
                }
                else if (woken?.RunHere() is false)
                {
                    return s_readElsewhere;
                }
            }
            while (!isThrough);
        }
    }

    private static void RunLater(IWoken? woken)
    {
        if (woken is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(woken, preferLocal: PoolProbe.PrefersOwn);
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
    private TransportException? Deliver(out bool isThrough, out IWoken? woken)
    {
        woken = null;
        int frames = 0;
        int bytes = 0;
        int delivered = 0;
        bool isWell = false;
        TransportException? flaw = null;
        isThrough = true;
        Cork.Begin(this);
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
                bytes += frame.Length;
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

                if (IsCongested)
                {
                    isThrough = false;
                    break;
                }
            }

            isWell = true;
        }
        finally
        {
            if (delivered > 0)
            {
                woken = _handler.OnBatchEnd(this);
            }

            _isAlternating = frames == 1;
            _frameBytes = frames > 0 ? bytes / frames : _frameBytes;
            Cork.End(this);
            if (!isWell)
            {
                // The caller does not get them, and frames before the one that could not be handled have woken them.
                RunLater(woken);
            }
        }

        return flaw;
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
    private async ValueTask WhileCongestedAsync()
    {
        int sends = Volatile.Read(ref _sends);
        using var limit = new CancellationTokenSource(_trickle);
        try
        {
            await WhenDrainedAsync(limit.Token).ConfigureAwait(false);
            ResumeUsualReading();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _trickle = sends == Volatile.Read(ref _sends) ? Math.Min(2 * _trickle, MostTrickleMilliseconds) : LeastTrickleMilliseconds;
            Volatile.Write(ref _mostQueued, QueuedBytes + SliceBytes);
        }

        // It could not be heard meanwhile.
        Volatile.Write(ref _lastHeard, Environment.TickCount64);
    }

    private void ResumeUsualReading()
    {
        _trickle = LeastTrickleMilliseconds;
        Volatile.Write(ref _mostQueued, _options.HighWaterBytes);
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
