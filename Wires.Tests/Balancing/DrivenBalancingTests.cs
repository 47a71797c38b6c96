#pragma warning disable WIRE1003 // Looked at from outside, while it runs.

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Wires.Balancing;
using Wires.Mailboxes;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>
/// Wires that always have more to do fill whatever node they are on: by the time that turns take, all full nodes look alike, however many wires share them. What is asserted is where things end
/// up, never how fast.
/// </summary>
public sealed class DrivenBalancingTests
{
    [Fact]
    public async Task OfTwoFullNodesTheOneWithMoreWiresSendsSomeToTheOther()
    {
        await using LocalCluster cluster = await StartAsync(0.5, 0.5);
        LaborerRef[] many = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 20);
        LaborerRef[] few = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[1], 4);
        await DriveAsync([.. many, .. few]);
        await EventuallyAsync(cluster, [.. many, .. few], static places => places.GetValueOrDefault("node1") is >= 10 and <= 14);
        await HaltAsync([.. many, .. few]);
    }

    [Fact]
    public async Task ASlowerNodeGetsFewer()
    {
        await using LocalCluster cluster = await StartAsync(0.6, 0.2);
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 24);
        await DriveAsync(wires);
        await EventuallyAsync(cluster, wires, static places => places.GetValueOrDefault("node2") is >= 4 and <= 8);
        await HaltAsync(wires);
    }

    [Fact]
    public async Task AWireThatWaitsForItsTurnMovesBeforeItHasHadIt()
    {
        var stalls = new List<double>();
        using var meter = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Wires", Name: "wires.migration.duration" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meter.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("wires.type", typeof(Laborer).FullName)))
            {
                lock (stalls)
                {
                    stalls.Add(seconds);
                }
            }
        });
        meter.Start();
        var probe = new Probe();
        await using LocalCluster cluster = await StartAsync(isBalanced: false, probe, 1, 1);
        HogRef hog = (await Clusters.HomedAsync<HogRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 1))[0];
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 5);
        await DriveAsync(wires);
        await Waits.Until(() => wires.All(wire => WorksOf(cluster, wire) > 2));

        // It has the only thread of the node from now on: whoever waits for a turn there waits for the end of the test.
        Task grabbing = hog.Grab("hog").AsTask();
        await probe.Reached("hog");
        foreach (LaborerRef wire in wires)
        {
            int works = WorksOf(cluster, wire);
            await cluster.Nodes[0].Wires.MigrateAsync(wire.Id, "node2", TestContext.Current.CancellationToken).Within();
            Assert.Equal("node2", await wire.Where().Within());
            Assert.True(await wire.Works().Within() >= works);
        }

        Assert.False(grabbing.IsCompleted);
        probe.Unblock("hog");
        await grabbing.Within();
        Assert.Empty(probe.Failures);
        lock (stalls)
        {
            Assert.True(stalls.Count >= 5, $"{stalls.Count} moves were measured");
            Assert.All(stalls, static stall => Assert.True(stall > 0));
        }

        await HaltAsync(wires);
    }

    [Fact]
    public async Task AWireThatWasFoundRunningByChanceIsNotMeasuredForLong()
    {
        await using TestNode node = TestNode.Create();
        await node.Get<LaborerRef>().Works().Within();
        var account = new WorkAccount(node.Node.Directory.All().Single(), TimeSpan.Zero);
        account.Try();
        for (int i = 0; i < 8; i++)
        {
            Assert.True(account.IsExact);
            account.EndSlice(account.BeginSlice() + Stopwatch.Frequency, 1, SliceEnd.Rested);
        }

        Assert.False(account.IsExact);
        account.Try();
        account.EndSlice(account.BeginSlice() - Stopwatch.Frequency, 1, SliceEnd.DrivesItself);
        Assert.True(account is { IsExact: true, DrivesItself: true });
    }

    private static Task<LocalCluster> StartAsync(params double[] processors) => StartAsync(isBalanced: true, new Probe(), processors);

    private static Task<LocalCluster> StartAsync(bool isBalanced, Probe probe, params double[] processors)
    {
        int count = 0;
        void Configure(WiresOptions options)
        {
            double speed = processors[Interlocked.Increment(ref count) - 1];
            options.Processors = speed;
            options.Cluster.Speed = speed;
            options.Cluster.LeaseLength = TimeSpan.FromSeconds(10);
            options.Balancing.Enabled = isBalanced;
            options.Balancing.Period = TimeSpan.FromMilliseconds(200);
            options.Balancing.MinResidency = TimeSpan.FromSeconds(1);
        }

        return Clusters.StartAsync(processors.Length, Configure, node => node.Services.AddSingleton(probe));
    }

    private static async Task DriveAsync(LaborerRef[] wires)
    {
        foreach (LaborerRef wire in wires)
        {
            await wire.Drive(2).Within();
        }
    }

    private static Task HaltAsync(LaborerRef[] wires) => Task.WhenAll(wires.Select(static wire => wire.Halt().AsTask())).Within();

    private static async Task EventuallyAsync(LocalCluster cluster, LaborerRef[] wires, Func<Dictionary<string, int>, bool> condition)
    {
        long end = Environment.TickCount64 + (2 * (long)Waits.Patience.TotalMilliseconds);
        while (true)
        {
            var places = new Dictionary<string, int>();
            foreach (LocalNode node in cluster.Nodes)
            {
                places[node.Name] = wires.Count(wire => node.Inner.Directory.All().Any(activation => activation.Id == wire.Id && !activation.IsClosed));
            }

            if (condition(places))
            {
                return;
            }

            Assert.True(Environment.TickCount64 < end, $"Waited in vain; now {string.Join(", ", places)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int WorksOf(LocalCluster cluster, LaborerRef wire)
    {
        foreach (LocalNode node in cluster.Nodes)
        {
            foreach (Activation activation in node.Inner.Directory.All())
            {
                if (activation.Id == wire.Id && activation.Wire is Laborer laborer)
                {
                    return laborer.WorksSoFar;
                }
            }
        }

        return 0;
    }
}
