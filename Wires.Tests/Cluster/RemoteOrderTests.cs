using Wires.Cluster;
using Wires.Infrastructure;
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
}
