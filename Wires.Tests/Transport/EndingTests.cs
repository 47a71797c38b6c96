using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>Connections end for a reason, which both ends know, and what was not sent is given back.</summary>
public sealed class EndingTests
{
    [Fact]
    public async Task WhatWasSentBeforeClosingArrives()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        for (int i = 0; i < 100; i++)
        {
            connection.Send([0x10, (byte)i]);
        }

        connection.Close("that was all");
        Assert.True(connection.IsClosed);
        Assert.Equal(SendResult.Closed, connection.Send([0x10]));
        Connection other = await server.Recorder.Opened.Within();
        TransportException? reason = await server.Recorder.ReasonOf(other).Within();
        Assert.Equal(TransportFault.PeerClosed, reason?.Fault);
        Assert.Contains("that was all", reason!.Message, StringComparison.Ordinal);
        Assert.Equal(100, server.Recorder.Frames.Count);
        Assert.Null(await client.Recorder.ReasonOf(connection).Within());
        Assert.Empty(client.Recorder.Unsent);
        await connection.Closed.Within();
    }

    [Fact]
    public async Task ANodeThatStopsSaysGoodbye()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        await server.DisposeAsync();
        TransportException? reason = await client.Recorder.ReasonOf(connection).Within();
        Assert.Equal(TransportFault.PeerClosed, reason?.Fault);
        Assert.Contains("The node stops.", reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANodeThatLetsNobodyInKeepsWhatIsOpen()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection connection = await client.ConnectAsync(server);
        await Waits.Until(() => !server.Transport.IsWelcoming);
        server.Transport.Refuse();
        TransportException refused = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server).Within());
        Assert.Equal(TransportFault.Unreachable, refused.Fault);
        Assert.Contains("refuses connections now", refused.Message, StringComparison.Ordinal);
        Assert.False(server.Transport.IsWelcoming);
        connection.Send([0x10]);
        await Waits.Until(() => server.Recorder.Frames.Count == 1, "what is open does not go on");
        await server.ConnectAsync(client).Within("it cannot go out itself");
    }

    [Fact]
    public async Task APeerThatFallsSilentIsDead()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Watchful());
        using RawPeer raw = await RawPeer.JoinAsync(server);
        Connection connection = await server.Recorder.Opened.Within();
        Assert.Equal(FrameKind.Ping, Assert.Single(await raw.ReceiveFrameAsync()));
        TransportException? reason = await server.Recorder.ReasonOf(connection).Within();
        Assert.Equal(TransportFault.PeerDead, reason?.Fault);
        Assert.Contains("PeerTimeout", reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APingIsAnswered()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        using RawPeer raw = await RawPeer.JoinAsync(server);
        await raw.SendAsync(RawPeer.FrameOf(FrameKind.Ping));
        Assert.Equal(FrameKind.Pong, Assert.Single(await raw.ReceiveFrameAsync()));
    }

    [Fact]
    public async Task APeerThatIsGoneWithoutAWordIsMissed()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        RawPeer raw = await RawPeer.JoinAsync(server);
        Connection connection = await server.Recorder.Opened.Within();
        raw.Dispose();
        TransportException? reason = await server.Recorder.ReasonOf(connection).Within();
        Assert.Equal(TransportFault.Unreachable, reason?.Fault);
    }

    [Fact]
    public async Task PastItsLeaseANodeSendsNothing()
    {
        long until = long.MaxValue;
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client", new TransportOptions { Secret = TestEnd.Secret, PeerTimeout = Waits.Patience, SendUntil = () => Volatile.Read(ref until) });
        Connection connection = await client.ConnectAsync(server);
        Volatile.Write(ref until, Environment.TickCount64 - 1);
        connection.Send([0x10, 1]);
        TransportException? reason = await client.Recorder.ReasonOf(connection).Within();
        Assert.Equal(TransportFault.Fenced, reason?.Fault);
        Assert.Equal([0x10, 1], Assert.Single(client.Recorder.Unsent));
        TransportException? there = await server.Recorder.ReasonOf(await server.Recorder.Opened.Within()).Within();
        Assert.Equal(TransportFault.Unreachable, there?.Fault);
        Assert.Empty(server.Recorder.Frames);
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Equal(TransportFault.Fenced, e.Fault);
    }

    [Fact]
    public async Task WhatWasNotSentIsGivenBackInOrder()
    {
        bool cut = false;
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client", Cut(() => cut));
        Connection connection = await client.ConnectAsync(server);
        connection.Send([0x10, 0]);
        await Waits.Until(() => server.Recorder.Frames.Count == 1);
        Volatile.Write(ref cut, true);
        for (byte i = 1; i <= 3; i++)
        {
            connection.Send([0x10, i]);
        }

        connection.Close("enough");
        await client.Recorder.ReasonOf(connection).Within();
        Assert.Equal([[0x10, 1], [0x10, 2], [0x10, 3]], client.Recorder.Unsent);
        await Waits.Until(() => server.Log.Of("Lost").Count == 1);
        Assert.Single(server.Recorder.Frames);
    }

    [Fact]
    public async Task ShortPartitionsLoseNothing()
    {
        bool cut = false;
        await using TestEnd server = await TestEnd.StartAsync("server", Cut(() => cut), Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client", Cut(() => cut));
        Connection connection = await client.ConnectAsync(server);
        for (byte round = 0; round < 20; round++)
        {
            Volatile.Write(ref cut, true);
            connection.Send([0x10, round]);
            Assert.Equal(2 + sizeof(int), connection.QueuedBytes);
            await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
            Assert.Equal(round, client.Recorder.Frames.Count);
            Volatile.Write(ref cut, false);
            await Waits.Until(() => client.Recorder.Frames.Count == round + 1);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => new byte[] { 0x10, (byte)i }), client.Recorder.Frames);
    }

    [Fact]
    public async Task ALongPartitionEndsBothEnds()
    {
        bool cut = false;
        await using TestEnd server = await TestEnd.StartAsync("server", Watchful(() => cut));
        await using TestEnd client = await TestEnd.StartAsync("client", Watchful(() => cut));
        Connection connection = await client.ConnectAsync(server);
        Connection other = await server.Recorder.Opened.Within();
        Volatile.Write(ref cut, true);
        Assert.Equal(TransportFault.PeerDead, (await client.Recorder.ReasonOf(connection).Within())?.Fault);
        Assert.Equal(TransportFault.PeerDead, (await server.Recorder.ReasonOf(other).Within())?.Fault);
    }

    private static TransportOptions Watchful(Func<bool>? isCut = null) => new()
    {
        Secret = TestEnd.Secret,
        PingPeriod = TimeSpan.FromMilliseconds(50),
        PeerTimeout = TimeSpan.FromMilliseconds(1000),
        IsBlocked = _ => isCut?.Invoke() ?? false,
    };

    private static TransportOptions Cut(Func<bool> isCut) => new()
    {
        Secret = TestEnd.Secret,
        PeerTimeout = Waits.Patience,
        CloseTimeout = TimeSpan.FromMilliseconds(50),
        PingPeriod = TimeSpan.FromSeconds(30),
        IsBlocked = _ => isCut(),
    };
}
