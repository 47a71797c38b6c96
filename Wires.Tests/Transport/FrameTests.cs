using System.Buffers.Binary;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>What is sent arrives: whole, once, in order.</summary>
public sealed class FrameTests
{
    [Fact]
    public async Task FramesOfManySendersArriveInTheOrderOfEach()
    {
        const int Senders = 8;
        const int Each = 5_000;
        int[] next = new int[Senders];
        int arrived = 0;
        string? disorder = null;
        await using TestEnd server = await TestEnd.StartAsync("server", answer: (_, frame) =>
        {
            int sender = frame[1];
            int number = BinaryPrimitives.ReadInt32LittleEndian(frame[2..]);
            if (number != next[sender]++ || frame[6..].ContainsAnyExcept((byte)number))
            {
                disorder ??= $"{number} of {sender} came as {next[sender] - 1}";
            }

            Volatile.Write(ref arrived, arrived + 1);
        });
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            byte[] frame = new byte[6 + 2048];
            for (int i = 0; i < Each; i++)
            {
                int length = 6 + (i * 37 % 2048);
                (frame[0], frame[1]) = (0x10, (byte)sender);
                BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(2), i);
                frame.AsSpan(6, length - 6).Fill((byte)i);
                if (connection.Send(frame.AsSpan(0, length)) == SendResult.Congested)
                {
                    await connection.WhenDrainedAsync(CancellationToken.None);
                }
            }
        }))).Within();
        await Waits.Until(() => Volatile.Read(ref arrived) == Senders * Each || disorder is not null);
        Assert.Null(disorder);
        Assert.InRange(server.Recorder.Batches, 1, Senders * Each);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64 * 1024 - 4)]
    [InlineData(64 * 1024)]
    [InlineData(20 * 1024 * 1024)]
    public async Task AFrameOfAnySizeArrivesBetweenItsNeighbours(int size)
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Limited(20 * 1024 * 1024));
        await using TestEnd client = await TestEnd.StartAsync("client", Limited(20 * 1024 * 1024));
        Connection connection = await client.ConnectAsync(server);
        byte[] large = new byte[size];
        new Random(size).NextBytes(large);
        large[0] = 0x10;
        connection.Send([0x11]);
        connection.Send(large);
        connection.Send([0x12]);
        await Waits.Until(() => server.Recorder.Frames.Count == 3);
        byte[][] frames = [.. server.Recorder.Frames];
        Assert.Equal([0x11], frames[0]);
        Assert.True(frames[1].AsSpan().SequenceEqual(large), "The large frame was changed on its way.");
        Assert.Equal([0x12], frames[2]);
    }

    [Fact]
    public async Task AFrameOverTheLimitIsRefusedBeforeItIsSent()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", answer: Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client", Limited(4096));
        Connection connection = await client.ConnectAsync(server);
        var e = Assert.Throws<TransportException>(() => connection.Send(Filled(4097)));
        Assert.Equal(TransportFault.FrameTooLarge, e.Fault);
        Assert.Contains("4097 bytes", e.Message, StringComparison.Ordinal);
        Assert.Contains("MaxFrameBytes (4096 bytes)", e.Message, StringComparison.Ordinal);
        Assert.True(await client.IsServedBy(connection, 1));
    }

    [Fact]
    public async Task AFrameThatThePeerWouldNotTakeIsRefusedBeforeItIsSent()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Limited(4096), Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        var e = Assert.Throws<TransportException>(() => connection.Send(Filled(4097)));
        Assert.Contains("than server (", e.Message, StringComparison.Ordinal);
        Assert.Contains("raise MaxFrameBytes there", e.Message, StringComparison.Ordinal);
        Assert.True(await client.IsServedBy(connection, 1));
    }

    [Fact]
    public async Task AnOverLongFrameClosesItsConnectionOnly()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Limited(4096), Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        using RawPeer raw = await RawPeer.JoinAsync(server);
        await raw.SendAsync(new byte[] { 0x01, 0x10, 0, 0, 0x10 });
        byte[] goodbye = await raw.ReceiveFrameAsync();
        Assert.Equal(FrameKind.Goodbye, goodbye[0]);
        Assert.Contains("a frame of 4097 bytes, more than MaxFrameBytes (4096)", System.Text.Encoding.UTF8.GetString(goodbye), StringComparison.Ordinal);
        raw.Dispose();
        await Waits.Until(() => server.Log.Of("Lost").Count == 1);
        Assert.True(await client.IsServedBy(connection, 1));
    }

    [Fact]
    public async Task TheTransportsOwnKindsAreNotForOthers()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        Connection connection = await server.ConnectAsync(server);
        Assert.Throws<ArgumentException>(() => connection.Send([]));
        Assert.Throws<ArgumentException>(() => connection.Send([0x0f]));
    }

    [Fact]
    public async Task AnUpperLayerThatThrowsLosesThatConnectionOnly()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", answer: static (connection, frame) =>
        {
            if (frame[0] == 0x66)
            {
                throw new FormatException("what was that?");
            }

            connection.Send(frame);
        });
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection good = await client.ConnectAsync(server);
        Connection bad = await client.ConnectAsync(server);
        bad.Send([0x66]);
        TransportException? reason = await client.Recorder.ReasonOf(bad).Within();
        Assert.Equal(TransportFault.PeerClosed, reason?.Fault);
        Assert.Contains("could not be handled", reason!.Message, StringComparison.Ordinal);
        Assert.True(await client.IsServedBy(good, 1));
        Assert.Single(server.Log.Of("HandlerFailed"));
    }

    private static TransportOptions Limited(int maxFrameBytes) => new() { Secret = TestEnd.Secret, PeerTimeout = Waits.Patience, MaxFrameBytes = maxFrameBytes };

    private static byte[] Filled(int size)
    {
        byte[] frame = new byte[size];
        frame.AsSpan().Fill(0x10);
        return frame;
    }
}
