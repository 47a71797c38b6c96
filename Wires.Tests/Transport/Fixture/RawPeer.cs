using System.Buffers.Binary;
using System.Net.Sockets;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>A peer in the test's own hands: a socket, with or without a handshake.</summary>
internal sealed class RawPeer : IDisposable
{
    private RawPeer(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<RawPeer> ConnectAsync(TestEnd to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to.Address).Within();
        return new RawPeer(socket);
    }

    /// <summary>One that the other end takes for a node.</summary>
    public static async Task<RawPeer> JoinAsync(TestEnd to)
    {
        RawPeer peer = await ConnectAsync(to);
        await Handshake.ConnectAsync(new SocketChannel(peer.Socket), new NodeIdentity(-1, "raw", default), new TransportOptions { Secret = TestEnd.Secret }).Within();
        return peer;
    }

    /// <summary>One that others connect to.</summary>
    public static async Task<RawPeer> AcceptAsync(Socket listener) => new(await listener.AcceptAsync().Within());

    public static byte[] FrameOf(params byte[] body)
    {
        byte[] frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        return frame;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await Socket.SendAsync(bytes).Within()..];
        }
    }

    public async Task<byte[]> ReceiveAsync(int count)
    {
        byte[] bytes = new byte[count];
        int have = 0;
        while (have < count)
        {
            int more = await Socket.ReceiveAsync(bytes.AsMemory(have)).Within();
            Assert.NotEqual(0, more);
            have += more;
        }

        return bytes;
    }

    public async Task<byte[]> ReceiveHelloAsync()
    {
        byte[] header = await ReceiveAsync(Hello.HeaderBytes);
        Assert.True(Hello.TryReadHeader(header, out _, out int length));
        return [.. header, .. await ReceiveAsync(length)];
    }

    public async Task<byte[]> ReceiveFrameAsync() => await ReceiveAsync(BinaryPrimitives.ReadInt32LittleEndian(await ReceiveAsync(sizeof(int))));

    /// <summary>All up to the end, however it comes.</summary>
    public async Task<byte[]> ReceiveAllAsync()
    {
        using var all = new MemoryStream();
        byte[] part = new byte[4096];
        try
        {
            while (await Socket.ReceiveAsync(part.AsMemory()).Within() is > 0 and var count)
            {
                all.Write(part, 0, count);
            }
        }
        catch (SocketException)
        {
            // Reset.
        }

        return all.ToArray();
    }

    public void Dispose() => Socket.Dispose();
}
