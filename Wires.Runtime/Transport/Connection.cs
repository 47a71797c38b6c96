namespace Wires.Transport;

/// <summary>An open connection to another node: frames out, frames in.</summary>
/// <remarks>
/// Two activities share it. The reading one (<c>RunAsync</c>) hands frames over, and is the one that ends the connection, so that the handler hears of everything
/// in order. The flush is whoever has set <see cref="FlushState.Flushing"/>. All others only append to the queue.
/// </remarks>
internal sealed partial class Connection
{
    private readonly Lock _lock = new();
    private readonly ByteChannel _channel;
    private readonly TransportOptions _options;
    private readonly IConnectionHandler _handler;
    private readonly TransportLog _log;
    private readonly Action<Connection> _ended;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _largestToSend;
    private readonly int _largestToReceive;
    private TransportException? _reason;
    private volatile bool _isClosing;
    private volatile bool _isAborted;

    public Connection(ByteChannel channel, in HandshakeResult peer, bool isOutgoing, TransportOptions options, IConnectionHandler handler, TransportLog log, Action<Connection> ended)
    {
        _channel = channel;
        _options = options;
        _handler = handler;
        _log = log;
        _ended = ended;
        _mostQueued = options.HighWaterBytes;
        _largestToReceive = options.MaxFrameBytes;
        _largestToSend = Math.Min(options.MaxFrameBytes, peer.MaxFrameBytes);
        _continueFlush = ContinueFlush;
        Peer = peer.Peer;
        IsOutgoing = isOutgoing;
        _lastHeard = _lastSent = Environment.TickCount64;
    }

    public NodeIdentity Peer { get; }

    public bool IsOutgoing { get; }

    public string RemoteAddress => _channel.RemoteAddress;

    /// <summary>The upper layer's.</summary>
    public object? Tag { get; set; }

    /// <summary>Nothing is sent or handed over any more.</summary>
    public bool IsClosed => _isClosing;

    /// <summary>Completes after <see cref="IConnectionHandler.OnClosed"/>.</summary>
    public Task Closed => _closed.Task;

    private bool IsBlocked => _options.IsBlocked is { } isBlocked && isBlocked(Peer.Incarnation);

    public override string ToString() => $"{Peer} at {RemoteAddress}";

    /// <summary>Starts handing frames over.</summary>
    public void Start()
    {
        _channel.Proven();
        _handler.OnOpened(this);
        ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.RunAsync(), this, preferLocal: false);
    }

    /// <summary>Ends it: what is queued is sent first, if that takes no longer than <see cref="TransportOptions.CloseTimeout"/>; then the peer hears the reason.</summary>
    public void Close(string reason) => Close(reason, null);

    /// <summary>Ends it at once: what is queued is given back as unsent.</summary>
    public void Abort(TransportException? reason)
    {
        lock (_lock)
        {
            if (_isAborted)
            {
                return;
            }

            if (!_isClosing)
            {
                _reason = reason;
            }

            _isClosing = true;
            _isAborted = true;
        }

        _channel.Dispose();
        CompleteDrained();
    }

    private void Close(string reason, TransportException? told)
    {
        bool flush;
        lock (_lock)
        {
            if (_isClosing)
            {
                return;
            }

            _reason = told;
            flush = AppendGoodbye_NeedsLock(reason);
            _isClosing = true;
        }

        if (flush)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        CompleteDrained();
        _ = AbortLaterAsync();
    }

    private async Task AbortLaterAsync()
    {
        try
        {
            await _closed.Task.WaitAsync(_options.CloseTimeout, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abort(null);
        }
    }
}
