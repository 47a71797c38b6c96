using System.Net.Sockets;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>Whatever strangers send, the others are served.</summary>
public sealed class HostileInputTests
{
    private const int Rounds = 200;

    [Theory]
    [InlineData(20261125)]
    [InlineData(7)]
    public async Task HostileBytesDisturbNobodyElse(int seed)
    {
        var random = new Random(seed);
        await using TestEnd server = await TestEnd.StartAsync("server", answer: Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        for (int round = 0; round < Rounds; round++)
        {
            int kind = random.Next(6);
            try
            {
                using RawPeer peer = kind < 4 ? await RawPeer.ConnectAsync(server) : await RawPeer.JoinAsync(server);
                await peer.SendAsync(Bytes(random, kind));
                if (random.Next(2) == 0)
                {
                    peer.Socket.Shutdown(SocketShutdown.Send);
                    await peer.ReceiveAllAsync();
                }
            }
            catch (SocketException)
            {
                // Thrown out while it spoke.
            }

            Assert.True(await client.IsServedBy(connection, (byte)round), $"Seed {seed}, round {round}, kind {kind}");
        }

        Assert.Empty(server.Log.Of("HandlerFailed"));
        await Waits.Until(() => server.Transport.PendingCount == 0);
    }

    private static byte[] Bytes(Random random, int kind)
    {
        byte[] hello = Hello.Create(new NodeIdentity(random.NextInt64(), "mallory\nINFO: all is well", default), new TransportOptions { Secret = TestEnd.Secret }).Bytes;
        byte[] noise = new byte[random.Next(1, 4096)];
        random.NextBytes(noise);
        switch (kind)
        {
            case 0:
                return noise;
            case 1:
                return hello[..random.Next(hello.Length)];
            case 2:
                hello[random.Next(hello.Length)] ^= (byte)(1 << random.Next(8));
                return [.. hello, .. noise];
            case 3:
                return [.. hello, .. noise];
            case 4:
                // A proven peer that has lost its mind.
                return noise;
            default:
                byte[] frames = [.. RawPeer.FrameOf(0x10, 1, 2, 3), .. RawPeer.FrameOf(0x11, 4)];
                frames[random.Next(frames.Length)] ^= (byte)(1 << random.Next(8));
                return frames[..random.Next(1, frames.Length + 1)];
        }
    }
}
