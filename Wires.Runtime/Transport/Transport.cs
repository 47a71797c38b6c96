using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Wires.Transport;

/// <summary>A node's connections with other nodes: listens, connects, and keeps watch over what is open.</summary>
#pragma warning disable MA0049 // It is the transport.
internal sealed partial class Transport : IAsyncDisposable
#pragma warning restore MA0049
{
    private const int LeastTickMilliseconds = 10;

    private readonly NodeIdentity _self;
    private readonly TransportOptions _options;
    private readonly IConnectionHandler _handler;
    private readonly TransportLog _log;
    private readonly PendingHandshakes _pending;
    private readonly Lock _lock = new();
    private readonly HashSet<Connection> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private Socket? _listener;
    private ITimer? _timer;
    private Task _accepting = Task.CompletedTask;
    private int _reserved;
    private int _welcoming;
    private bool _refuses;
    private bool _isStopped;

    public Transport(NodeIdentity self, TransportOptions options, IConnectionHandler handler, ILogger logger)
    {
        TransportOptions.Validate(options);
        _self = self;
        _options = options;
        _handler = handler;
        _log = new TransportLog(logger);
        _pending = new PendingHandshakes(options.MaxPendingHandshakes);
        _ = Hello.Create(self, options); // Says it now if the name is too long.
    }

    /// <summary>Where this node listens, with the port that the system has chosen.</summary>
    public EndPoint LocalEndPoint => _listener?.LocalEndPoint ?? throw new InvalidOperationException($"The transport has not been started: await {nameof(StartAsync)} first.");

    /// <summary>How many incoming connections are within their handshake.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Whether somebody has been let in of whom the upper layer has not been told yet.</summary>
    public bool IsWelcoming => Volatile.Read(ref _welcoming) > 0;

    public Task StartAsync()
    {
        EndPoint address = _options.Listener?.LocalEndPoint ?? _options.Listen;
        Socket listener = _options.Listener ?? SocketFor(address);
        try
        {
            if (_options.Listener is null)
            {
                listener.Bind(address);
            }

            listener.Listen(512);
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new TransportException(TransportFault.Unreachable, $"This node cannot listen at {address}: {exception.Message}. Is the address one of this machine, and the port free?", exception);
        }

        _listener = listener;
        Watch();
        _accepting = Task.Run(AcceptAsync);
        _log.Listening(LocalEndPoint.ToString()!);
        return Task.CompletedTask;
    }

    /// <summary>Starts without listening: for an end that only connects.</summary>
    public void Watch()
    {
        // A test that heals a partition does not want to wait for the next ping.
        TimeSpan period = TimeSpan.FromMilliseconds(_options.IsBlocked is not null ? LeastTickMilliseconds : Math.Max(LeastTickMilliseconds, Math.Min(_options.PingPeriod.TotalMilliseconds / 2, _options.PeerTimeout.TotalMilliseconds / 8)));
        _timer = TimeProvider.System.CreateTimer(static state => ((Transport)state!).Tick(), this, period, period);
    }

    /// <summary>Lets nobody in any more, and says so to who comes. What is open, or about to be, stays.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _refuses = true;
        }
    }

    /// <summary>Says goodbye to all peers, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        Connection[] connections;
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            connections = [.. _connections];
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        _pending.Close();
        foreach (Connection connection in connections)
        {
            connection.Close("The node stops.");
        }

        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(connections.Select(static connection => connection.Closed)).ConfigureAwait(false);
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static Socket SocketFor(EndPoint address)
    {
        Socket socket = address.AddressFamily == AddressFamily.Unspecified
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(address.AddressFamily, SocketType.Stream, address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        return socket;
    }

    private static void SetNoDelay(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            // Whole batches are sent: there is nothing to gather.
            socket.NoDelay = true;
        }
    }

    /// <summary>Takes a place for one more connection, before its handshake is over, so that two do not get the last one.</summary>
    private HandshakeStatus TryReserve(bool isIncoming)
    {
        lock (_lock)
        {
            if (_isStopped || (isIncoming && _refuses))
            {
                return HandshakeStatus.Refused;
            }

            if (_connections.Count + _reserved >= _options.MaxConnections)
            {
                return HandshakeStatus.TooManyConnections;
            }

            _reserved++;
            if (isIncoming)
            {
                Interlocked.Increment(ref _welcoming);
            }

            return HandshakeStatus.Welcome;
        }
    }

    private void GiveUpPlace()
    {
        lock (_lock)
        {
            _reserved--;
        }
    }

    /// <summary>Opens a connection in the place reserved for it; null when the node has stopped meanwhile.</summary>
    private Connection? Open(ByteChannel channel, in HandshakeResult peer, bool isOutgoing)
    {
        var connection = new Connection(channel, peer, isOutgoing, _options, _handler, _log, Forget);
        lock (_lock)
        {
            if (_isStopped)
            {
                return null;
            }

            _reserved--;
            _connections.Add(connection);
        }

        _log.Connected(connection.ToString());
        connection.Start();
        return connection;
    }

    private void Forget(Connection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private void Tick()
    {
        long now = Environment.TickCount64;
        Connection[] connections;
        lock (_lock)
        {
            connections = [.. _connections];
        }

        foreach (Connection connection in connections)
        {
            connection.Tick(now);
        }
    }
}
