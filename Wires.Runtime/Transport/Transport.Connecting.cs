using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Wires.Transport;

#pragma warning disable MA0049 // It is the transport.
internal sealed partial class Transport
#pragma warning restore MA0049
{
    /// <summary>Connects to a node.</summary>
    /// <param name="to">Where it listens.</param>
    /// <param name="expectedIncarnation">Which one it must be; 0 for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TransportException">It cannot be reached, is another node, or the two do not agree; the message says what to do.</exception>
    public async Task<Connection> ConnectAsync(EndPoint to, long expectedIncarnation, CancellationToken cancellationToken)
    {
        ThrowIfCutOff(expectedIncarnation, to);
        switch (TryReserve(isIncoming: false))
        {
            case HandshakeStatus.TooManyConnections:
                throw new TransportException(TransportFault.TooManyConnections, $"This node has as many connections as {nameof(TransportOptions.MaxConnections)} ({_options.MaxConnections}) allows: raise it.");
            case HandshakeStatus.Refused:
                throw new TransportException(TransportFault.Stopped, "This node's transport has been stopped.");
        }

        Connection? connection = null;
        try
        {
            connection = await OpenAsync(to, expectedIncarnation, cancellationToken).ConfigureAwait(false);
            return connection ?? throw new TransportException(TransportFault.Stopped, "This node's transport has been stopped.");
        }
        finally
        {
            if (connection is null)
            {
                GiveUpPlace();
            }
        }
    }

    private async Task<Connection?> OpenAsync(EndPoint to, long expectedIncarnation, CancellationToken cancellationToken)
    {
        Socket socket = SocketFor(to);
        ByteChannel? channel = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        limit.CancelAfter(_options.ConnectTimeout);
        string stage = $"{nameof(TransportOptions.ConnectTimeout)} ({_options.ConnectTimeout.TotalMilliseconds} ms): is the address right, and does a firewall drop packets?";
        try
        {
            await DialAsync(socket, to, limit.Token).ConfigureAwait(false);
            stage = $"{nameof(TransportOptions.HandshakeTimeout)} ({_options.HandshakeTimeout.TotalMilliseconds} ms) within the handshake: does a node of Wires listen there, and do both use TLS, or neither?";
            limit.CancelAfter(_options.HandshakeTimeout);
            CancellationTokenRegistration closing = limit.Token.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket);
            await using (closing.ConfigureAwait(false))
            {
                SetNoDelay(socket);
                channel = _options.UsesTls
                    ? await TlsChannel.ConnectAsync(socket, _options, HostOf(to), limit.Token).ConfigureAwait(false)
                    : new SocketChannel(socket);
                HandshakeResult peer = await Handshake.ConnectAsync(channel, _self, _options).ConfigureAwait(false);
                if (expectedIncarnation != 0 && peer.Peer.Incarnation != expectedIncarnation)
                {
                    throw new TransportException(TransportFault.OtherIncarnation, $"Node {peer.Peer} answers at {to}, not incarnation {expectedIncarnation:x16}: that one has ended, and its place was taken.");
                }

                ThrowIfCutOff(peer.Peer.Incarnation, to);
                closing.Unregister();
                Connection? connection = Open(channel, peer, isOutgoing: true);
                channel = connection is null ? channel : null;
                socket = connection is null ? socket : null!;
                return connection;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(exception, to, limit.IsCancellationRequested, stage);
        }
        finally
        {
            channel?.Dispose();
            socket?.Dispose();
        }
    }

    /// <summary>On a thread that waits: the asynchronous way would leave a bare socket with the base library's event loop for good (<see cref="SocketChannel"/>).</summary>
    private async Task DialAsync(Socket socket, EndPoint to, CancellationToken cancellationToken)
    {
        if (_options.UsesTls)
        {
            await socket.ConnectAsync(to, cancellationToken).ConfigureAwait(false);
            return;
        }

        CancellationTokenRegistration closing = cancellationToken.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket);
        await using (closing.ConfigureAwait(false))
        {
            await Task.Factory.StartNew(() => socket.Connect(to), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private TransportException Explain(Exception exception, EndPoint to, bool isLate, string stage)
    {
        if (_stop.IsCancellationRequested)
        {
            return new TransportException(TransportFault.Stopped, "This node's transport has been stopped.", exception);
        }

        if (isLate)
        {
            return new TransportException(TransportFault.TimedOut, $"{to} has not answered for {stage}", exception);
        }

        return exception switch
        {
            AuthenticationException => new TransportException(TransportFault.CertificateRefused, $"The certificate of the node at {to} was refused, or it speaks no TLS: {exception.Message} {exception.InnerException?.Message}", exception),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new TransportException(TransportFault.Unreachable, $"Nothing listens at {to}: the node has not started yet, has ended, or listens elsewhere.", exception),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new TransportException(TransportFault.Unreachable, $"The host of {to} is unknown: check its name.", exception),
            _ => new TransportException(TransportFault.Unreachable, $"The connection to {to} could not be made: {exception.Message}. If the node runs, do both ends use TLS, or neither, and does it accept this node's certificate?", exception),
        };
    }

    private void ThrowIfCutOff(long incarnation, EndPoint to)
    {
        if (incarnation != 0 && _options.IsBlocked is { } isBlocked && isBlocked(incarnation))
        {
            throw new TransportException(TransportFault.Unreachable, $"{to} cannot be reached: {nameof(TransportOptions.IsBlocked)} cuts this node off from incarnation {incarnation:x16}.");
        }
    }

    private static string HostOf(EndPoint to) => to switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => "localhost",
    };
}
