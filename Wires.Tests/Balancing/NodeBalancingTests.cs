using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wires.Balancing;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>Real nodes, over sockets, move wires by load. What is asserted is where things end up, never how fast.</summary>
public sealed class NodeBalancingTests : IDisposable
{
    private readonly ConcurrentQueue<BalancingDecision> _decisions = new();
    private readonly LogCollector _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task WiresThatWereAllBornOnOneNodeSpreadAndKeepTheirState()
    {
        await using LocalCluster cluster = await StartAsync(3);
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 24);
        await using var load = new Load(wires, milliseconds: 4);
        await EventuallyAsync(async () => (await PlacesAsync(wires)).Values.Count(static count => count >= 3) == 3, load);

        int[] works = await load.EndAsync();
        for (int i = 0; i < wires.Length; i++)
        {
            Assert.Equal(works[i], await wires[i].Works().Within());
        }

        Assert.Contains(_decisions, static decision => decision.Reason == BalancingReason.Load && decision.From == "node1");
        Assert.NotEmpty(_log.Of("DecidedMany"));
    }

    [Fact]
    public async Task ABlockedNodeGetsNoWiresAndAnUnblockedOneDoes()
    {
        await using LocalCluster cluster = await StartAsync(3);
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 24);
        cluster.Nodes[2].Inner.BlocksGuests = true;
        await using var load = new Load(wires, milliseconds: 4);
        await EventuallyAsync(async () => (await PlacesAsync(wires)).GetValueOrDefault("node2") >= 6, load);
        Assert.False((await PlacesAsync(wires)).ContainsKey("node3"));
        Assert.Contains("blocked", cluster.Nodes[2].Inner.RefusesGuests, StringComparison.Ordinal);

        cluster.Nodes[2].Inner.BlocksGuests = false;
        await EventuallyAsync(async () => (await PlacesAsync(wires)).GetValueOrDefault("node3") >= 3, load);
    }

    [Fact]
    public async Task WiresOfANodeThatStaysStayAndThoseOfADrainedOneGo()
    {
        await using LocalCluster cluster = await StartAsync(2);
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 12);
        cluster.Nodes[0].Inner.StaysHere = true;

        // Made while nothing works: a wire made on a loaded node may be placed on another one at once.
        Assert.Equal(12, (await PlacesAsync(wires))["node1"]);
        await using var load = new Load(wires, milliseconds: 4);
        await load.WorkedAsync(1000);
        Assert.Equal(12, (await PlacesAsync(wires))["node1"]);

        cluster.Nodes[0].Inner.StaysHere = false;
        cluster.Nodes[0].Inner.IsDraining = true;
        await EventuallyAsync(async () => (await PlacesAsync(wires)).GetValueOrDefault("node2") == 12, load);
    }

    [Fact]
    public async Task PairsThatTalkComeTogether()
    {
        // No node sheds load: that may bring pairs together too.
        await using LocalCluster cluster = await StartAsync(2, static options => options.StartAbove = 1000);
        LaborerRef[] talkers = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 6);
        LaborerRef[] mates = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[1], 6);
        for (int i = 0; i < talkers.Length; i++)
        {
            await talkers[i].Meet(mates[i]).Within();
        }

        using var end = new CancellationTokenSource();
        Task[] chats = [.. talkers.Select(talker => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await talker.Chat(200).Within();
            }
        }))];
        await EventuallyAsync(
            async () =>
            {
                int together = 0;
                for (int i = 0; i < talkers.Length; i++)
                {
                    together += await cluster.Nodes[0].Wires.WhereAsync(talkers[i].Id) == await cluster.Nodes[0].Wires.WhereAsync(mates[i].Id) ? 1 : 0;
                }

                return together >= 4;
            },
            load: null);
        await end.CancelAsync();
        await Task.WhenAll(chats).Within();
        Assert.Contains(_decisions, static decision => decision.Reason == BalancingReason.Affinity);
    }

    [Fact]
    public async Task ACustomPolicyDecides()
    {
        var policies = new ConcurrentBag<ToNodeThree>();
        await using LocalCluster cluster = await StartAsync(3, options => options.Policy = () =>
        {
            var policy = new ToNodeThree();
            policies.Add(policy);
            return policy;
        });
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 6);
        await using var load = new Load(wires, milliseconds: 4);
        await EventuallyAsync(async () => (await PlacesAsync(wires)).GetValueOrDefault("node3") == 6, load);
        Assert.Equal(3, policies.Count);
    }

    [Fact]
    public async Task APolicyThatThrowsIsLoggedAndHarmless()
    {
        var policy = new Failing();
        await using LocalCluster cluster = await StartAsync(2, options =>
        {
            options.Policy = () => policy;
            options.OnDecision = static _ => throw new InvalidOperationException("the listener failed");
        });
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 6);
        await using var load = new Load(wires, milliseconds: 4);
        await EventuallyAsync(() => Task.FromResult(_log.Of("PolicyFailed").Count >= 4), load);
        Assert.Equal(6, (await PlacesAsync(wires))["node1"]);

        // Nothing is left behind of the rounds that failed.
        policy.IsWell = true;
        await EventuallyAsync(async () => (await PlacesAsync(wires)).ContainsKey("node2"), load);
        await EventuallyAsync(() => Task.FromResult(_log.Of("ListenerFailed").Count > 0), load);
    }

    [Fact]
    public async Task WhatCannotBeReadIsRefusedAndBalancingGoesOn()
    {
        await using LocalCluster cluster = await StartAsync(2);
        await Clusters.SettledAsync(cluster);
        Peer peer = await cluster.Nodes[0].Inner.Cluster!.PeerAsync(cluster.Nodes[1].Inner.Cluster!.Incarnation).Within();
        var random = new Random(4);
        for (int i = 0; i < 200; i++)
        {
            byte kind = (byte)(BalancingQuestion.News + (i % 4));
            byte[] garbage = new byte[1 + random.Next(200)];
            random.NextBytes(garbage);
            garbage[^1] = 0x80; // A number without its end.
            await Assert.ThrowsAnyAsync<WireException>(() => peer.AskAsync(kind, garbage, TimeSpan.FromSeconds(30), CancellationToken.None)).Within();
        }

        Assert.True(peer.IsOpen);
        LaborerRef[] wires = await Clusters.HomedAsync<LaborerRef>(cluster, cluster.Nodes[0], cluster.Nodes[0], 8);
        await using var load = new Load(wires, milliseconds: 4);
        await EventuallyAsync(async () => (await PlacesAsync(wires)).ContainsKey("node2"), load);
    }

    private Task<LocalCluster> StartAsync(int nodes, Action<BalancingOptions>? configure = null) => Clusters.StartAsync(
        nodes,
        options =>
        {
            options.Cluster.LeaseLength = TimeSpan.FromSeconds(10);
            options.Balancing.Enabled = true;
            options.Balancing.Period = TimeSpan.FromMilliseconds(200);
            options.Balancing.MinResidency = TimeSpan.FromSeconds(1);
            options.Balancing.OnDecision = _decisions.Enqueue;
            configure?.Invoke(options.Balancing);
        },
        node => node.Services.AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Information)));

    private static async Task<Dictionary<string, int>> PlacesAsync(LaborerRef[] wires)
    {
        var places = new Dictionary<string, int>();
        foreach (LaborerRef wire in wires)
        {
            string place = await wire.Where().Within();
            places[place] = places.GetValueOrDefault(place) + 1;
        }

        return places;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition, Load? load, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long end = Environment.TickCount64 + (2 * (long)Waits.Patience.TotalMilliseconds);
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < end, $"Waited in vain for {what}");
            load?.ThrowIfFailed();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private sealed class ToNodeThree : IBalancingPolicy
    {
        public void Decide(BalancingRound round)
        {
            foreach (NodeLoad node in round.Nodes.Where(static node => node.Name == "node3"))
            {
                foreach (BusyWire wire in round.Wires.Where(static wire => !wire.IsMoving && !wire.IsPinned))
                {
                    round.Move(wire, node, BalancingReason.Load, 1, 1);
                }
            }
        }

        public GrantAnswer Grant(in GrantRequest request, BalancingRound round) => new(request.Work, request.Bytes);

        public NodeLoad? Place(BalancingRound round) => null;
    }

    private sealed class Failing : IBalancingPolicy
    {
        public volatile bool IsWell;

        public void Decide(BalancingRound round)
        {
            if (!IsWell)
            {
                if (round.Nodes is [var node, ..] && round.Wires is [var wire, ..])
                {
                    round.Move(wire, node, BalancingReason.Load, 1, 1);
                }

                throw new InvalidOperationException("the policy failed");
            }

            foreach (NodeLoad node in round.Nodes)
            {
                foreach (BusyWire wire in round.Wires.Where(static wire => !wire.IsMoving && wire.Work > 0.01))
                {
                    round.Move(wire, node, BalancingReason.Load, 1, 1);
                }
            }
        }

        public GrantAnswer Grant(in GrantRequest request, BalancingRound round) => IsWell ? new(request.Work, request.Bytes) : throw new InvalidOperationException("the policy failed");

        public NodeLoad? Place(BalancingRound round) => IsWell ? null : throw new InvalidOperationException("the policy failed");
    }
}
