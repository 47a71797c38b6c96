using Microsoft.Extensions.DependencyInjection;
using Wires.Migration;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A wire's home names its new place only if the wire is where the move says that it is.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task AHomeBelievesNoMoveThatDoesNotFit()
    {
        await using LocalCluster cluster = await Clusters.StartAsync(3, null, static node => node.Services.AddSingleton(new LifeLog()));
        (LocalNode one, LocalNode home, LocalNode three) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(cluster, one, home);
        long epoch = await wire.Epoch().Within();
        Assert.Equal(RecordResult.NotHome, Record(one, home, three, epoch + 1));

        // It is at home, so nobody else can give it away.
        Assert.Equal(RecordResult.Refused, Record(home, one, three, epoch + 1));
        await one.Wires.MigrateAsync(wire.Id, one.Name, TestContext.Current.CancellationToken).Within();
        Assert.Equal(RecordResult.Recorded, Record(home, home, one, epoch + 1)); // Told twice.
        Assert.Equal(RecordResult.Refused, Record(home, home, three, epoch + 1)); // Beaten to it.
        Assert.Equal(RecordResult.Refused, Record(home, three, three, epoch + 2)); // Never there.
        Assert.Equal(RecordResult.Refused, Record(home, one, three, epoch)); // Of the past.
        Assert.Equal(one.Name, await three.Wires.WhereAsync(wire.Id, TestContext.Current.CancellationToken).Within());
        Assert.Equal(epoch + 1, await wire.Epoch().Within());

        RecordResult Record(LocalNode at, LocalNode from, LocalNode to, long epoch) =>
            at.Inner.Cluster!.TryRecord(new MoveRecord(wire.Id.Type, wire.Id.Key, from.Inner.Cluster!.Incarnation, to.Inner.Cluster!.Incarnation, epoch));
    }
}
