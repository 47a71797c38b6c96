using Microsoft.Extensions.DependencyInjection;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;
using FrameKind = Wires.Remoting.FrameKind;

namespace Wires.Tests.Migration;

/// <summary>A node that a call was sent to by mistake tells the wire's home; what it says may be late.</summary>
public sealed class GoneWireTests
{
    [Fact]
    public async Task AHomeThatHearsLateThatAWireHasLeftDoesNotForgetThatItHasComeBack()
    {
        var held = new TaskCompletionSource<Action>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new LifeLog();
        await using LocalCluster cluster = await Clusters.StartAsync(
            4,
            options => options.FrameProbe = (node, connection, frame) =>
            {
                if ((FrameKind)frame[0] != FrameKind.Question || frame[9] != ClusterNode.WireLeft)
                {
                    return true;
                }

                byte[] copy = frame.ToArray();
                return !held.TrySetResult(() => Clusters.Hear(node, connection, copy));
            },
            node => node.Services.AddSingleton(log));
        (LocalNode host, LocalNode home, LocalNode other, LocalNode caller) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2], cluster.Nodes[3]);
        MoverRef wire = await Clusters.HomedAsync<MoverRef>(cluster, caller, home);
        await wire.Add(5).Within();
        await caller.Wires.MigrateAsync(wire.Id, host.Name, TestContext.Current.CancellationToken).Within();
        await wire.Add(0).Within();
        await other.Wires.MigrateAsync(wire.Id, other.Name, TestContext.Current.CancellationToken).Within();

        // The caller asks the host, where it has found the wire last.
        Assert.Equal(5, await wire.Add(0).Within());
        Action hear = await held.Task.Within("the host does not tell the home");
        await other.Wires.MigrateAsync(wire.Id, host.Name, TestContext.Current.CancellationToken).Within();
        hear();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(5, await Clusters.On<MoverRef>(wire.Id.Key, home).Add(0).Within());
        Assert.Equal(5, await wire.Add(0).Within());
        Assert.Empty(log.Violations);
    }
}
