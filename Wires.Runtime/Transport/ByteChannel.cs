using System.Net.Sockets;

namespace Wires.Transport;

/// <summary>Bytes to and from a peer. One receives and one sends at a time; disposing ends both.</summary>
internal abstract class ByteChannel(Socket socket) : IDisposable
{
    protected Socket Socket { get; } = socket;

    public string RemoteAddress { get; } = AddressOf(socket);

    /// <summary>What binds the handshake to this very channel: the server's certificate, or nothing.</summary>
    public virtual ReadOnlyMemory<byte> Binding => default;

    /// <summary>The peer has proven who it is: from now on more may be spent on it.</summary>
    public virtual void Proven()
    {
    }

    /// <summary>Gives 0 at the end.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Gives how many bytes it took.</summary>
    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells the peer that no more comes.</summary>
    public void EndSending()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended without us.
        }
    }

    public virtual void Dispose() => Socket.Dispose();

    private static string AddressOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint?.ToString() ?? "?";
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return "?";
        }
    }
}
