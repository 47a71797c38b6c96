using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>A peer that does not read costs little, and nothing is lost if it reads later.</summary>
public sealed class BackpressureTests
{
    private const int Requests = 1_000;
    private const int AnswerBytes = 64 * 1024;
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task APeerThatDoesNotReadIsNotServedMore()
    {
        int most = 0;
        await using TestEnd server = await TestEnd.StartAsync("server", Narrow(TimeSpan.FromSeconds(2)), AnswerAndNote);
        using RawPeer raw = await RawPeer.JoinAsync(server);
        Connection connection = await server.Recorder.Opened.Within();
        await raw.SendAsync(ManyRequests());
        TransportException? reason = await server.Recorder.ReasonOf(connection).Within();
        Assert.Equal(TransportFault.PeerDead, reason?.Fault);
        Assert.Contains("has read nothing", reason!.Message, StringComparison.Ordinal);
        Assert.InRange(most, MiB, 8 * MiB); // All the answers would be 62 MiB.

        void AnswerAndNote(Connection connection, ReadOnlySpan<byte> frame)
        {
            Answer(connection, frame);
            most = Math.Max(most, connection.QueuedBytes);
        }
    }

    [Fact]
    public async Task APeerThatReadsLaterGetsAll()
    {
        int most = 0;
        var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestEnd server = await TestEnd.StartAsync("server", Narrow(Waits.Patience), AnswerAndNote);
        using RawPeer raw = await RawPeer.JoinAsync(server);
        await raw.SendAsync(ManyRequests());
        await isFull.Task.Within();
        for (int i = 0; i < Requests; i++)
        {
            byte[] answer;
            do
            {
                answer = await raw.ReceiveFrameAsync();
            }
            while (answer is [Wires.Transport.FrameKind.Ping]); // This peer has been silent for a while.

            Assert.Equal(AnswerBytes, answer.Length);
            Assert.Equal((byte)i, answer[1]);
        }

        Assert.InRange(most, MiB, 8 * MiB);

        void AnswerAndNote(Connection connection, ReadOnlySpan<byte> frame)
        {
            Answer(connection, frame);
            most = Math.Max(most, connection.QueuedBytes);
            if (most > MiB)
            {
                isFull.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task ASenderIsToldToWaitAndWhenItMayGoOn()
    {
        bool cut = false;
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client", Narrow(Waits.Patience, () => cut));
        Connection connection = await client.ConnectAsync(server);
        Assert.True(connection.WhenDrainedAsync(CancellationToken.None).IsCompletedSuccessfully);
        Volatile.Write(ref cut, true);
        byte[] frame = new byte[MiB / 2];
        frame[0] = 0x10;
        Assert.Equal(SendResult.Sent, connection.Send(frame));
        Assert.Equal(SendResult.Congested, connection.Send(frame));
        Task drained = connection.WhenDrainedAsync(CancellationToken.None).AsTask();
        Assert.False(drained.IsCompleted);
        using var impatient = new CancellationTokenSource();
        Task given = connection.WhenDrainedAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Within());
        Volatile.Write(ref cut, false);
        await drained.Within();
        Assert.True(connection.QueuedBytes < MiB / 4);
        await Waits.Until(() => server.Recorder.Frames.Count == 2);
    }

    [Fact]
    public async Task TwoThatFloodEachOtherDoNotStandStill()
    {
        int answers = 0;
        await using TestEnd server = await TestEnd.StartAsync("server", Narrow(TimeSpan.FromSeconds(20)), Answer);
        await using TestEnd client = await TestEnd.StartAsync("client", Narrow(TimeSpan.FromSeconds(20)), (_, _) => Interlocked.Increment(ref answers));
        Connection connection = await client.ConnectAsync(server);
        byte[] request = new byte[AnswerBytes];
        request[0] = 0x10;

        // Nobody heeds Congested: both queues grow past the mark at once.
        for (int i = 0; i < 400; i++)
        {
            connection.Send(request);
        }

        await Waits.Until(() => Volatile.Read(ref answers) == 400 || connection.IsClosed);
        Assert.Equal(400, Volatile.Read(ref answers));
    }

    private static void Answer(Connection connection, ReadOnlySpan<byte> frame)
    {
        byte[] answer = new byte[AnswerBytes];
        frame[..2].CopyTo(answer);
        connection.Send(answer);
    }

    private static byte[] ManyRequests() => [.. Enumerable.Range(0, Requests).SelectMany(static i => RawPeer.FrameOf([0x10, (byte)i, .. new byte[60]]))];

    private static TransportOptions Narrow(TimeSpan peerTimeout, Func<bool>? isCut = null) => new()
    {
        Secret = TestEnd.Secret,
        PeerTimeout = peerTimeout,
        PingPeriod = TimeSpan.FromMilliseconds(100),
        HighWaterBytes = MiB,
        LowWaterBytes = MiB / 4,
        IsBlocked = isCut is null ? null : _ => isCut(),
    };
}
