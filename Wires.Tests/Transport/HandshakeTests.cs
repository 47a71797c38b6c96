using System.Net;
using System.Net.Sockets;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;

namespace Wires.Tests.Transport;

/// <summary>Nobody gets in without the secret, and nobody is kept out without being told why.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public async Task BothEndsKnowEachOther()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection outgoing = await client.ConnectAsync(server);
        Connection incoming = await server.Recorder.Opened.Within();
        Assert.Equal(server.Identity, outgoing.Peer);
        Assert.Equal(client.Identity, incoming.Peer);
        Assert.True(outgoing.IsOutgoing);
        Assert.False(incoming.IsOutgoing);
    }

    [Fact]
    public async Task AWrongSecretIsSaidAtBothEnds()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client", new TransportOptions { Secret = new byte[16] });
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Equal(TransportFault.WrongSecret, e.Fault);
        Assert.Contains("give all nodes of the cluster the same one", e.Message, StringComparison.Ordinal);
        await Waits.Until(() => server.Log.Of("RefusedOne").Count == 1);
        Assert.Contains("client", server.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
        Assert.Contains("does not know the cluster's secret", server.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShortSecretIsNoSecret()
    {
        var e = Assert.Throws<ArgumentException>(static () => TransportOptions.Validate(new TransportOptions { Secret = new byte[15] }));
        Assert.Contains("15 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProofSentBackToItsMakerProvesNothing()
    {
        await using TestEnd client = await TestEnd.StartAsync("client");
        using Socket listener = Listen();
        Task<Connection> connecting = client.Transport.ConnectAsync(listener.LocalEndPoint!, 0, CancellationToken.None);
        using RawPeer mirror = await RawPeer.AcceptAsync(listener);
        await mirror.SendAsync(await mirror.ReceiveHelloAsync());
        await mirror.SendAsync(new byte[] { 0 }); // Welcome.
        await mirror.SendAsync(await mirror.ReceiveAsync(32));
        var e = await Assert.ThrowsAsync<TransportException>(() => connecting.Within());
        Assert.Equal(TransportFault.WrongSecret, e.Fault);
        Assert.Contains("no node of this cluster", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoVersionsAreNamedAtBothEnds()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", new TransportOptions { Secret = TestEnd.Secret, ProtocolVersion = 7 });
        await using TestEnd client = await TestEnd.StartAsync("client");
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Equal(TransportFault.OtherVersion, e.Fault);
        Assert.Contains("speaks version 7 of the protocol, this one version 1", e.Message, StringComparison.Ordinal);
        await Waits.Until(() => server.Log.Of("RefusedOne").Count == 1);
        Assert.Contains("speaks version 1 of the protocol, this one version 7", server.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherIncarnationIsNotTakenForTheOneMeant()
    {
        await using TestEnd server = await TestEnd.StartAsync("server");
        await using TestEnd client = await TestEnd.StartAsync("client");
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Transport.ConnectAsync(server.Address, 0xabc, CancellationToken.None).Within());
        Assert.Equal(TransportFault.OtherIncarnation, e.Fault);
        Assert.Contains("0000000000000abc", e.Message, StringComparison.Ordinal);
        Assert.Contains(server.Identity.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyAtTheAddressIsSaid()
    {
        await using TestEnd client = await TestEnd.StartAsync("client");
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Transport.ConnectAsync(taken.LocalEndPoint!, 0, CancellationToken.None).Within());
        Assert.Equal(TransportFault.Unreachable, e.Fault);
        Assert.Contains("Nothing listens at", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndThatDoesNotAnswerTimesOut()
    {
        await using TestEnd client = await TestEnd.StartAsync("client", Hasty());
        using Socket listener = Listen();
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Transport.ConnectAsync(listener.LocalEndPoint!, 0, CancellationToken.None).Within());
        Assert.Equal(TransportFault.TimedOut, e.Fault);
        Assert.Contains("HandshakeTimeout (50 ms)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHalfOpenConnectionTimesOut()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", Hasty());
        using RawPeer silent = await RawPeer.ConnectAsync(server);
        using RawPeer stuck = await RawPeer.ConnectAsync(server);
        await stuck.SendAsync("WIRE"u8.ToArray());
        Assert.Empty(await silent.ReceiveAllAsync());
        Assert.Empty(await stuck.ReceiveAllAsync());
        await Waits.Until(() => server.Log.Of("RefusedOne").Count == 2 && server.Transport.PendingCount == 0);
        Assert.All(server.Log.Of("RefusedOne"), static entry => Assert.Contains("HandshakeTimeout (50 ms)", entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFloodOfHalfOpenConnectionsKeepsNobodyOut()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", new TransportOptions { Secret = TestEnd.Secret, HandshakeTimeout = Waits.Patience, PeerTimeout = Waits.Patience }, Recorder.Echo);
        await using TestEnd client = await TestEnd.StartAsync("client");
        List<RawPeer> flood = [];
        for (int i = 0; i < 200; i++)
        {
            flood.Add(await RawPeer.ConnectAsync(server));
        }

        Connection connection = await client.ConnectAsync(server);
        Assert.True(await client.IsServedBy(connection, 1));
        Assert.InRange(server.Transport.PendingCount, 0, 64);
        await Waits.Until(() => server.Log.Of("RefusedOne").Count == 10);
        Assert.Contains("MaxPendingHandshakes (64)", server.Log.Of("RefusedOne")[0].Message, StringComparison.Ordinal);
        flood.ForEach(static peer => peer.Dispose());
        await Waits.Until(() => server.Transport.PendingCount == 0);
        Assert.Equal(10, server.Log.Of("RefusedOne").Count);
    }

    [Fact]
    public async Task NoMoreConnectionsAreOpenThanAllowed()
    {
        await using TestEnd server = await TestEnd.StartAsync("server", new TransportOptions { Secret = TestEnd.Secret, PeerTimeout = Waits.Patience, MaxConnections = 2 });
        await using TestEnd client = await TestEnd.StartAsync("client");
        Connection first = await client.ConnectAsync(server);
        await client.ConnectAsync(server);
        var e = await Assert.ThrowsAsync<TransportException>(() => client.ConnectAsync(server));
        Assert.Equal(TransportFault.TooManyConnections, e.Fault);
        Assert.Contains("MaxConnections", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<TransportException>(() => server.ConnectAsync(client));
        Assert.Equal(TransportFault.TooManyConnections, e.Fault);
        Connection accepted = await server.Recorder.Opened.Within();
        first.Close("room for another");
        await accepted.Closed.Within();
        await client.ConnectAsync(server);
    }

    private static TransportOptions Hasty() => new() { Secret = TestEnd.Secret, HandshakeTimeout = TimeSpan.FromMilliseconds(50) };

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }
}
