using Microsoft.Extensions.DependencyInjection;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Migration;

/// <summary>A state of 100 MB moves in parts, between which the calls of others get through.</summary>
[Collection(Quiet.Name)]
public sealed class LargeStateTests
{
    private const int StateBytes = 100_000_000;

    /// <summary>A part and what precedes it.</summary>
    private const int LargestFrame = (64 * 1024) + 64;

    /// <summary>What the sender lets wait before a call on the same connection.</summary>
    private const int MostQueued = 512 * 1024;

    /// <summary>That, and what the system's sockets hold.</summary>
    private const int MostAhead = 16 * 1024 * 1024;

    [Fact]
    public async Task OthersAreServedAllTheTimeWhileALargeStateMoves()
    {
        int largest = 0;
        long arrived = 0;
        long sinceCall = 0;
        long mostSinceCall = 0;
        long mostMemory = 0;
        int mostQueued = 0;
        Peer? sender = null;
        bool isMoving = false;
        await using LocalCluster cluster = await Clusters.StartAsync(
            2,
            options => options.FrameProbe = (node, connection, frame) =>
            {
                if (!Volatile.Read(ref isMoving))
                {
                    return true;
                }

                largest = Math.Max(largest, frame.Length);
                mostQueued = Math.Max(mostQueued, sender!.Connection.QueuedBytes);
                if ((FrameKind)frame[0] == FrameKind.Image)
                {
                    mostSinceCall = Math.Max(mostSinceCall, Interlocked.Add(ref sinceCall, frame.Length));
                    arrived += frame.Length;
                    if (arrived / frame.Length % 16 == 0)
                    {
                        mostMemory = Math.Max(mostMemory, GC.GetTotalMemory(forceFullCollection: false));
                        Thread.Sleep(10); // A network that takes its time: some 100 MB a second.
                    }
                }

                return true;
            },
            static node => node.Services.AddSingleton(new LifeLog()));
        (LocalNode one, LocalNode two) = (cluster.Nodes[0], cluster.Nodes[1]);
        MoverRef large = await Clusters.HomedAsync<MoverRef>(cluster, one, one);
        MoverRef there = (await Clusters.HomedAsync<MoverRef>(cluster, one, two, 1))[0];
        MoverRef back = (await Clusters.HomedAsync<MoverRef>(cluster, two, one, 2))[1];
        await large.Load(StateBytes, seed: 7).Within();
        int sum = await large.Check().Within();
        await there.Add(0).Within();
        await back.Add(0).Within();
        sender = await one.Inner.Cluster!.PeerAsync(two.Inner.Cluster!.Incarnation);
        using var end = new CancellationTokenSource();
        Task<int>[] callers =
        [
            Task.Run(() => CallAsync(there, () => Interlocked.Exchange(ref sinceCall, 0), end.Token)),
            Task.Run(() => CallAsync(back, static () => { }, end.Token)),
        ];
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        Volatile.Write(ref isMoving, true);
        await one.Wires.MigrateAsync(large.Id, two.Name, TestContext.Current.CancellationToken).Within();
        Volatile.Write(ref isMoving, false);
        await end.CancelAsync();
        int[] calls = await Task.WhenAll(callers);

        Assert.Equal(sum, await large.Check().Within());
        Assert.Equal(two.Name, await large.Where().Within());
        Assert.InRange(arrived, StateBytes, StateBytes + (StateBytes / 100));
        Assert.InRange(largest, 1, LargestFrame);
        Assert.InRange(mostQueued, 1, MostQueued);
        Assert.True(mostSinceCall <= MostAhead, $"{mostSinceCall:N0} bytes came between two calls ({calls[0]} in all, {calls[1]} of the other direction)");

        // The image as it is written and as it is read; the state is not doubled before all has come.
        Assert.True(mostMemory - memory < 2.7 * StateBytes, $"{mostMemory - memory:N0} bytes more than before");
    }

    private static async Task<int> CallAsync(MoverRef wire, Action called, CancellationToken end)
    {
        int calls = 0;
        while (!end.IsCancellationRequested)
        {
            await wire.Add(1);
            called();
            calls++;
        }

        return calls;
    }
}
