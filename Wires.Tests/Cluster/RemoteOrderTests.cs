using System.Reflection;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Serialization;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Calls that find their wire gone and follow it keep their order.</summary>
public sealed class RemoteOrderTests
{
    private const int WireCount = 20;
    private const int Calls = 3_000;

    [Fact]
    public async Task CallsThatAreSentOnTwiceWhileMoreComeKeepTheirOrder()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(3);
        LocalNode caller = cluster.Nodes[0], home = cluster.Nodes[1], other = cluster.Nodes[2];
        foreach (RemoteRef wire in await Clusters.HomedAsync<RemoteRef>(cluster, caller, home, WireCount))
        {
            // The home believes that the wire lives on the third node, which knows better and says so: calls go home, there, and home again.
            WireHandle handle = Clusters.HandleOf(wire);
            ClusterMember member = home.Inner.Cluster!.Member!;
            member.SetAway(handle.Slot, handle.Type.Name, handle.Key, other.Inner.Cluster!.Incarnation, member.CurrentView!.EpochOf(handle.Slot));
            for (int i = 0; i < Calls; i++)
            {
                await wire.Note(i).Within();
            }

            Assert.Equal(Enumerable.Range(0, Calls), await wire.Noted().Within());
        }
    }

    [Fact]
    public async Task ACallThatFindsItsWireComeDoesNotOvertakeOneThatFoundItGone()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(3);
        LocalNode caller = cluster.Nodes[0], home = cluster.Nodes[1], other = cluster.Nodes[2];
        RemoteRef wire = await Clusters.HomedAsync<RemoteRef>(cluster, caller, home);
        await wire.Noted().Within();
        ClusterNode from = caller.Inner.Cluster!;
        Peer peer = await from.PeerAsync(other.Inner.Cluster!.Incarnation).Within();
        RemoteRoute route = from.RouteOf(Clusters.HandleOf(wire));
        int alias = peer.Define(route, wasLost: false);
        var held = (Lock)typeof(RemoteRoute).GetField("_lock", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(route)!;
        var goOn = new ManualResetEventSlim();
        var isHeld = new TaskCompletionSource();
        var holder = new Thread(() =>
        {
            lock (held)
            {
                isHeld.SetResult();
                goOn.Wait();
            }
        });
        holder.Start();
        await isHeld.Task.Within();

        // The first finds the wire gone, and its way back is held up. Then the wire comes, and the second one finds it.
        peer.Connection.Send(NoteFrame(wire, alias, 1));
        await home.Wires.MigrateAsync(wire.Id, other.Name, TestContext.Current.CancellationToken).Within();
        peer.Connection.Send(NoteFrame(wire, alias, 2));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        goOn.Set();
        RemoteRef near = Clusters.On<RemoteRef>(wire.Id.Key, other);
        await Waits.Until(() => near.Noted().AsTask().GetAwaiter().GetResult().Length == 2);
        int[] noted = await near.Noted().Within();
        Assert.Equal([1, 2], noted);
        holder.Join();
        goOn.Dispose();
    }

    private static byte[] NoteFrame(RemoteRef wire, int alias, int number)
    {
        WireHandle handle = Clusters.HandleOf(wire);
        WireMethod method = handle.Type.Methods.Single(static method => method.Name == nameof(RemoteRef.Note));
        WireCall call = method.Create();
        call.Handle = handle;
        var buffer = new WireBuffer();
        var writer = new WireWriter(buffer);
        CallHeader.Write(ref writer, call, FrameKind.OneWay, alias, 0);
        writer.WriteUnmanaged(number);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
