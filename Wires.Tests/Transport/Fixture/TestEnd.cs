using System.Net;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;
using WireTransport = Wires.Transport.Transport;

namespace Wires.Tests.Transport;

/// <summary>A node's transport with an upper layer that records.</summary>
internal sealed class TestEnd : IAsyncDisposable
{
    private static long s_lastIncarnation;

    private TestEnd(string name, TransportOptions? options, Recorder.FrameAction? answer)
    {
        Identity = new NodeIdentity(Interlocked.Increment(ref s_lastIncarnation), name, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Recorder = new Recorder { Answer = answer };
        Transport = new WireTransport(Identity, options ?? new TransportOptions { Secret = Secret, PeerTimeout = Waits.Patience }, Recorder, Log);
    }

    public static byte[] Secret { get; } = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    public NodeIdentity Identity { get; }

    public Recorder Recorder { get; }

    public LogCollector Log { get; } = new();

    public WireTransport Transport { get; }

    public IPEndPoint Address => (IPEndPoint)Transport.LocalEndPoint;

    public static async Task<TestEnd> StartAsync(string name, TransportOptions? options = null, Recorder.FrameAction? answer = null)
    {
        var end = new TestEnd(name, options, answer);
        await end.Transport.StartAsync();
        return end;
    }

    public Task<Connection> ConnectAsync(TestEnd to) => Transport.ConnectAsync(to.Address, to.Identity.Incarnation, CancellationToken.None).Within();

    /// <summary>Whether the other end is still served.</summary>
    public async Task<bool> IsServedBy(Connection connection, byte mark)
    {
        int before = Recorder.Frames.Count;
        Assert.Equal(SendResult.Sent, connection.Send([0x20, mark]));
        await Waits.Until(() => Recorder.Frames.Count > before);
        return Recorder.Frames.Last().SequenceEqual(new byte[] { 0x20, mark });
    }

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}
