using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wires.Infrastructure;
using Wires.Mailboxes;
using Wires.Operating;
using Wires.Remoting;
using Wires.Tests.Capabilities;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;
using FrameKind = Wires.Remoting.FrameKind;

namespace Wires.Tests.Cluster;

/// <summary>A node that leaves goes when nobody needs it any more, whoever may come meanwhile. The third node hears its goodbye only when a test lets it.</summary>
public sealed class GoodbyeTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Action> _held = new();
    private volatile bool _holdsAll;
    private volatile bool _holds = true;
    private LocalCluster _cluster = null!;
    private LocalNode _leaver = null!;

    private LocalNode One => _cluster.Nodes[0];

    private ClusterNode Leaver => _leaver.Inner.Cluster!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Clusters.StartAsync(
            3,
            options =>
            {
                // Nothing here ends because of it.
                options.Cluster.LeaseLength = TimeSpan.FromSeconds(100);
                options.FrameProbe = (node, connection, frame) =>
                {
                    if (!_holds || (FrameKind)frame[0] != FrameKind.Leaving || (!_holdsAll && node.Node.Name != "node3"))
                    {
                        return true;
                    }

                    byte[] copy = frame.ToArray();
                    _held.Enqueue(() => Clusters.Hear(node, connection, copy));
                    return false;
                };
            },
            static node =>
            {
                node.Services.AddSingleton(new Place(node.Name, new Probe()));
                node.Services.AddSingleton<IPlace>(static services => services.GetRequiredService<Place>());
                node.Services.AddSingleton<ISilence>(static services => services.GetRequiredService<Place>());
            });
        _leaver = _cluster.Nodes[1];
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync().Within("the cluster does not stop");

    [Fact]
    public async Task WhoComesWhileANodeSaysGoodbyeIsToldAndWaitedFor()
    {
        Task stop = await BeginStopAsync();
        LocalNode late = await _cluster.AddAsync(TestContext.Current.CancellationToken).Within();
        await late.Inner.Cluster!.PeerAsync(Leaver.Incarnation).Within();
        await Waits.Until(() => late.Inner.Cluster.IsLeaving(Leaver.Incarnation), "the late node is not told");
        Assert.False(stop.IsCompleted);
        Release();
        await stop.Within("the node does not leave");
    }

    [Theory]
    [InlineData((byte)FrameKind.Adopt)]
    [InlineData((byte)FrameKind.AdoptStream)]
    public async Task ANodeStaysForWhatAnotherIsAboutToAskFor(byte kind)
    {
        long id = ClusterNode.NextAdoption();
        if (kind == (byte)FrameKind.Adopt)
        {
            Leaver.Offer(id);
        }
        else
        {
            // A stream that has gone on: the object is not looked at any more.
            Leaver.Offer(id, producer: null!);
            Assert.True(Leaver.TryMoveOffer(id, One.Inner.Cluster!.Incarnation, ClusterNode.NextAdoption()));
        }

        Task stop = await BeginStopAsync();
        Release();
        await Waits.Until(() => !_cluster.Nodes.Any(node => !node.Inner.Cluster!.IsLeaving(Leaver.Incarnation)));
        await Task.WhenAny(stop, Task.Delay(500, TestContext.Current.CancellationToken));
        Assert.False(stop.IsCompleted);
        Peer peer = await One.Inner.Cluster!.PeerAsync(Leaver.Incarnation).Within("the node lets nobody in who has to ask");
        peer.Connection.Send(Ask((FrameKind)kind, id));
        await stop.Within("the node does not leave");
    }

    [Fact]
    public async Task AClientKeepsNobodyFromLeaving()
    {
        await using var transport = new Wires.Transport.Transport(NodeIdentity.Client("client"), new TransportOptions { Secret = Leaver.Member!.Secret }, new ClientHandler(), NullLogger.Instance);
        transport.Watch();
        string address = Leaver.Member.CurrentView!.Find(Leaver.Incarnation)!.Address;
        var client = new ClientPeer(await transport.ConnectAsync(System.Net.IPEndPoint.Parse(address), Leaver.Incarnation, TestContext.Current.CancellationToken));
        await client.AskAsync(OperatorQuestion.Node, [], Waits.Patience, TestContext.Current.CancellationToken);
        _holds = false;
        await _cluster.StopAsync(_leaver, TestContext.Current.CancellationToken).Within("the node does not leave");
    }

    [Fact]
    public async Task ACallThatFindsItsHomeAtTheDoorGoesBackAndIsToldWhere()
    {
        TravellerRef wire = await Clusters.HomedAsync<TravellerRef>(_cluster, One, _leaver);
        await wire.Seven().Within();
        await Clusters.MoveAsync(wire.Id, One);
        _holdsAll = true;
        Task stop = await BeginStopAsync();

        // It came when the node had looked for the last time, and its turn comes only now.
        var deputy = new Activation(_leaver.Inner.HandleOf(WireRegistry.GetType(typeof(IPlace).FullName!), new WireKey($"{_leaver.Name}/{wire.Id}")), new NodeLife(Leaver, 1));
        Assert.True(_leaver.Inner.Directory.TryAdd(deputy));
        Task<string> call = wire.Name().AsTask();
        await Waits.Until(() => deputy.Head is not null, "the call does not come");
        _leaver.Inner.Scheduler.Schedule(deputy);
        await Waits.Until(() => deputy.IsClosed, "the turn does not come");
        await Task.WhenAny(call, Task.Delay(100, TestContext.Current.CancellationToken));
        Assert.False(call.IsCompleted, "The call has not gone back.");
        Release();
        WireUnreachableException gone = await Assert.ThrowsAsync<WireUnreachableException>(() => call.Within());
        Assert.Contains("the call has not run", gone.Message, StringComparison.Ordinal);
        Assert.Contains($"node {_leaver.Name}", gone.Message, StringComparison.Ordinal);
        await stop.Within("the node does not leave");
    }

    /// <summary>Until the node has said goodbye, and at least one other has not heard it.</summary>
    private async Task<Task> BeginStopAsync()
    {
        ClusterNode[] others = [.. _cluster.Nodes.Where(node => node != _leaver).Select(static node => node.Inner.Cluster!)];
        foreach (ClusterNode other in others)
        {
            await other.PeerAsync(Leaver.Incarnation).Within();
        }

        Task stop = _cluster.StopAsync(_leaver, TestContext.Current.CancellationToken);
        await Waits.Until(() => _held.Count == (_holdsAll ? others.Length : 1), "the node does not say goodbye");
        return stop;
    }

    private void Release()
    {
        _holds = false;
        while (_held.TryDequeue(out Action? hear))
        {
            hear();
        }
    }

    /// <summary>Asks for a call that nobody waits for, or for a stream that was left.</summary>
    private static byte[] Ask(FrameKind kind, long id) =>
        kind == FrameKind.Adopt ? [(byte)kind, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(0L)]
            : [(byte)kind, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(0), 1];
}
