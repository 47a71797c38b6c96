using System.Net.Sockets;

namespace Wires.Transport;

/// <summary>A bare socket.</summary>
internal sealed class SocketChannel(Socket socket) : ByteChannel(socket)
{
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => Socket.ReceiveAsync(buffer, SocketFlags.None);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => Socket.SendAsync(bytes, SocketFlags.None);
}
