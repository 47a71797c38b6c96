using System.Net.Sockets;
using System.Security.Authentication;

namespace Wires.Transport;

#pragma warning disable MA0049 // It is the transport.
internal sealed partial class Transport
#pragma warning restore MA0049
{
    // Out of file handles, say: no use in trying at full speed.
    private static readonly TimeSpan s_acceptPause = TimeSpan.FromMilliseconds(100);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener!.AcceptAsync(_stop.Token).ConfigureAwait(false);
                LinkedListNode<Socket>? entry = _pending.Add(socket, out Socket? dropped);
                if (entry is null)
                {
                    socket.Dispose();
                    return;
                }

                if (dropped is not null)
                {
                    dropped.Dispose();
                }

                _ = WelcomeAsync(socket, entry);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                _log.AcceptFailed(exception);
                await Task.Delay(s_acceptPause, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sees an incoming connection through its handshake. Whatever comes costs that connection only.</summary>
    private async Task WelcomeAsync(Socket socket, LinkedListNode<Socket> entry)
    {
        // Not on the accepting thread, which the first bytes may keep busy.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        string address = "?";
        bool isWelcome = false;
        bool hasPlace = false;
        ByteChannel? channel = null;
        using var limit = new CancellationTokenSource(_options.HandshakeTimeout);
        using CancellationTokenRegistration closing = limit.Token.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket);
        try
        {
            address = socket.RemoteEndPoint?.ToString() ?? address;
            SetNoDelay(socket);
            channel = _options.ServerCertificate is null
                ? new SocketChannel(socket)
                : await TlsChannel.AcceptAsync(socket, _options, limit.Token).ConfigureAwait(false);
            HandshakeResult peer = await Handshake.AcceptAsync(channel, _self, _options, Admit).ConfigureAwait(false);

            // From here on the time limit must not close it; if it already does, the connection only learns so by itself.
            closing.Unregister();
            if (Open(channel, peer, isOutgoing: false) is not null)
            {
                hasPlace = false;
                channel = null;
            }
        }
        catch (Exception exception) when (exception is TransportException or SocketException or ObjectDisposedException or IOException or AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            if (!_stop.IsCancellationRequested)
            {
                _log.Refused(address, WhyRefused(exception, limit.IsCancellationRequested, entry));
            }

            LetGo(socket);
        }
        finally
        {
            _pending.Remove(entry);
            if (hasPlace)
            {
                GiveUpPlace();
            }

            if (isWelcome)
            {
                Interlocked.Decrement(ref _welcoming);
            }

            channel?.Dispose();
        }

        HandshakeStatus Admit(NodeIdentity peer)
        {
            if (_options.IsBlocked is { } isBlocked && isBlocked(peer.Incarnation))
            {
                return HandshakeStatus.Refused;
            }

            HandshakeStatus status = TryReserve(isIncoming: true);
            hasPlace = isWelcome = status == HandshakeStatus.Welcome;
            return status;
        }
    }

    private string WhyRefused(Exception exception, bool isLate, LinkedListNode<Socket> entry)
    {
        if (isLate)
        {
            return $"its handshake took longer than {nameof(TransportOptions.HandshakeTimeout)} ({_options.HandshakeTimeout.TotalMilliseconds} ms)";
        }

        // Whatever it was doing when its socket was taken from it: the system has more than one name for that.
        if (entry.List is null)
        {
            return $"more than {nameof(TransportOptions.MaxPendingHandshakes)} ({_options.MaxPendingHandshakes}) were within their handshakes, and it was the oldest";
        }

        return exception is AuthenticationException ? $"TLS failed: {exception.Message}" : exception.Message;
    }

    /// <summary>Lets the last words reach the peer: closing with bytes of it unread would cut them off.</summary>
    private static void LetGo(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            Span<byte> ignored = stackalloc byte[1024];
            for (int i = 0; i < 64 && socket.Available > 0; i++)
            {
                _ = socket.Receive(ignored);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended.
        }

        socket.Dispose();
    }
}
