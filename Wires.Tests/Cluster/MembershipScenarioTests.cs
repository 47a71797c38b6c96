using Wires.Cluster;
using Wires.Tests.Cluster.Simulation;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>One rule each, named for what it prevents. The simulated world looks after every step whether a slot is ready, or a wire alive, twice.</summary>
public sealed class MembershipScenarioTests
{
    private static readonly MemberOptions s_options = new() { Name = "", FoundAtOnce = true, MaxCoordinatorOutage = TimeSpan.FromSeconds(60) };

    [Fact]
    public void NodesThatNameTheSameCoordinatorSeeEachOtherWithinASecond()
    {
        (SimCluster cluster, _) = Start(2);
        SimNode third = cluster.Start();
        cluster.RunUntil(1, () => cluster.Alive.TrueForAll(node => node.HasJoined && node.Member.View.Contains(third.Member.Incarnation)), "all see the third");
    }

    [Fact]
    public void ACrashedNodesSlotsAreServedAgainWithinItsLeaseAndTwoSeconds()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Crash(nodes[1]);
        cluster.RunUntil(12, cluster.IsWhole, "slots of the dead ready elsewhere");
    }

    [Fact]
    public void TwoNodesThatCrashAtOnceAreReplacedByTheThreeThatAreLeft()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(5);
        cluster.Crash(nodes[1]);
        cluster.Crash(nodes[3]);
        cluster.RunUntil(14, cluster.IsWhole, "slots of the dead ready elsewhere");
    }

    [Fact]
    public void ANodeFrozenPastItsLeaseWakesUpSilent()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Freeze(nodes[0], 20);
        cluster.Run(19.9);
        Assert.False(nodes[0].MayRun);
        cluster.Run(1);
        Assert.True(nodes[0].Member.IsFenced);
        Assert.Equal(SlotState.Foreign, nodes[0].Member.StateOf(0));
    }

    [Fact]
    public void ANodeThatWasExtendedByItsPeersIsNotClaimed()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Network.CutFromCoordinator.Add(nodes[0].Name);
        cluster.Run(50);
        Assert.True(nodes[0].MayRun);
        Assert.All(cluster.Alive, node => Assert.Equal(3, node.Member.View.Members.Length));
        cluster.Network.CutFromCoordinator.Clear();
        cluster.Run(30);
        Assert.True(nodes[0].MayRun);
    }

    [Fact]
    public void AnExtendedNodeFallsSilentBeforeItIsClaimedAfterTheLongestOutage()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Network.CutFromCoordinator.Add(nodes[0].Name);
        cluster.RunUntil(65, () => !nodes[0].MayRun, "silent");
        Assert.True(cluster.Alive.Where(node => node != nodes[0]).All(node => node.Member.View.Contains(nodes[0].Member.Incarnation)));
        cluster.RunUntil(10, () => !nodes[1].Member.View.Contains(nodes[0].Member.Incarnation), "claimed");
    }

    [Fact]
    public void APromiseToAnExtendedNodeOutlivesAJoin()
    {
        // A is extended by B alone; D joins; C and D would be enough in the new set, and B and A are a majority of the old one.
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Network.CutFromCoordinator.Add(nodes[0].Name);
        cluster.Network.Cut.Add((nodes[0].Name, nodes[2].Name));
        cluster.Run(9);
        SimNode fourth = cluster.Start();
        cluster.Network.Cut.Add((nodes[0].Name, fourth.Name));
        cluster.Run(1);
        cluster.Network.Cut.Add((nodes[0].Name, nodes[1].Name));
        cluster.RunUntil(40, () => !nodes[0].MayRun, "silent");
        cluster.RunUntil(80, cluster.IsWhole, "its slots ready elsewhere");
    }

    [Fact]
    public void CallsGoOnWhileTheCoordinatorIsAwayAndNobodyIsClaimedWhenItIsBack()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Store.IsAway = true;
        cluster.Run(50);
        Assert.All(nodes, node => Assert.True(node.MayRun));
        cluster.Store.IsAway = false;
        cluster.Run(20);
        Assert.True(cluster.IsWhole());
        Assert.Empty(cluster.Fenced);
    }

    [Fact]
    public void AMinorityIsNotExtended()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Store.IsAway = true;
        cluster.Network.Cut.Add((nodes[0].Name, nodes[1].Name));
        cluster.Network.Cut.Add((nodes[0].Name, nodes[2].Name));
        cluster.Run(12);
        Assert.False(nodes[0].MayRun);
        Assert.True(nodes[1].MayRun && nodes[2].MayRun);
    }

    [Fact]
    public void AClaimThatLacksAcknowledgementsWaitsForTheLongestOutage()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Crash(nodes[0]);
        cluster.Crash(nodes[1]);
        cluster.Run(50);
        Assert.Equal(3, nodes[2].Member.View.Members.Length);
        cluster.RunUntil(20, cluster.IsWhole, "all slots at the last node");
    }

    [Fact]
    public void WhatTheCoordinatorLostIsPutBackAndNobodyIsFenced()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        long number = nodes[0].Member.View.Number;
        cluster.Store.Clear();
        cluster.Store.ServerId += "2";
        cluster.RunUntil(15, () => cluster.Store.Read() is { IsRestoring: false, Leases.Count: 3 }, "restored");
        Assert.Equal(number, cluster.Store.Read().ViewNumber);
        Assert.Empty(cluster.Fenced);
        Assert.True(cluster.IsWhole());
    }

    [Fact]
    public void NobodyIsClaimedUntilAllHadTheTimeToPutTheirLeasesBack()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Network.CutFromCoordinator.Add(nodes[0].Name);
        cluster.Run(1);
        cluster.Store.Clear();
        cluster.Run(40);
        Assert.True(cluster.Store.Read().IsRestoring);
        Assert.True(nodes[0].MayRun);
        cluster.Network.CutFromCoordinator.Clear();
        cluster.RunUntil(10, () => cluster.Store.Read() is { IsRestoring: false, Leases.Count: 3 }, "restored");
        Assert.Empty(cluster.Fenced);
    }

    [Fact]
    public void AJoinerThatFindsNothingLetsTheOthersPutItBackFirst()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(2);
        cluster.Store.Clear();
        SimNode third = cluster.Start();
        cluster.RunUntil(30, () => third.HasJoined, "joined");
        Assert.Equal(nodes[0].Member.View.Generation, third.Member.View.Generation);
        Assert.Equal(3, third.Member.View.Members.Length);
    }

    [Fact]
    public void OfTwoFoundersOneJoinsTheOther()
    {
        var cluster = new SimCluster(7, s_options with { FoundAtOnce = false });
        SimNode first = cluster.Start();
        SimNode second = cluster.Start();
        cluster.RunUntil(30, () => first.HasJoined && second.HasJoined && cluster.IsWhole(), "both in");
        cluster.Run(2);
        Assert.Equal(2, first.Member.View.Members.Length);
        Assert.Equal(first.Member.Secret, second.Member.Secret);
    }

    [Fact]
    public void LiveWiresStayWhereTheyAreWhenTheirSlotsMove()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(2);
        cluster.CallWires();
        int before = cluster.Activations;
        SimNode third = cluster.Start();
        cluster.RunUntil(5, () => third.HasJoined && cluster.IsWhole(), "settled");
        cluster.CallWires();
        Assert.Equal(before, cluster.Activations);
        Assert.Equal(SimCluster.Sample, nodes.Sum(static node => node.Wires.Count));
    }

    [Fact]
    public void ASlotIsNotReadyBeforeTheLastMemberHasSaidWhatLivesThere()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(2);
        cluster.CallWires();
        cluster.Network.Cut.Add((nodes[0].Name, "n3"));
        SimNode third = cluster.Start();
        cluster.Run(8);
        cluster.CallWires();
        Assert.Equal(3, nodes[0].Member.View.Members.Length);
        Assert.Empty(third.Wires);
        Assert.Contains(Enumerable.Range(0, Slots.Count), slot => third.Member.StateOf(slot) == SlotState.Recovering);
        Assert.DoesNotContain(Enumerable.Range(0, Slots.Count), slot => third.Member.StateOf(slot) == SlotState.Ready);
        cluster.Network.Cut.Clear();
        cluster.RunUntil(3, cluster.IsWhole, "recovered");
    }

    [Fact]
    public void ALeaverHandsOverAllAndIsSilentBeforeItIsGone()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        cluster.Leave(nodes[1]);
        cluster.RunUntil(3, () => !nodes[0].Member.View.Contains(nodes[1].Member.Incarnation), "left");
        Assert.True(nodes[1].Member.IsFenced);
        Assert.Empty(cluster.Fenced);
        cluster.RunUntil(2, cluster.IsWhole, "recovered");
    }

    [Fact]
    public void TheLastOneLeavesAClusterThatOthersCanJoin()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(1);
        cluster.Leave(nodes[0]);
        cluster.Run(3);
        cluster.Alive.Clear();
        cluster.Start();
        cluster.RunUntil(3, cluster.IsWhole, "all slots at the new node");
    }

    [Fact]
    public void RenewalDoesNotBringAnEndedLeaseBack()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(3);
        nodes[0].Freeze(30_000);
        cluster.RunUntil(20, () => !nodes[1].Member.View.Contains(nodes[0].Member.Incarnation), "claimed");
        cluster.Run(30);
        Assert.True(nodes[0].Member.IsFenced);
        Assert.DoesNotContain(cluster.Store.Read().Leases, lease => lease.Incarnation == nodes[0].Member.Incarnation);
    }

    [Fact]
    public void AClusterThatFindsAnOlderOneStoredYields()
    {
        (SimCluster cluster, SimNode[] nodes) = Start(2);
        cluster.Store.Clear();
        byte[] view = View.Found(Guid.NewGuid(), new Member(5, "old", "old:1", 1, default)).Encode();
        cluster.Store.TryFound(new Generation(View.Decode(view).Generation, FoundedAt: 1), 1, view, new byte[32], new LeaseGrant(5, 1));
        cluster.Run(15, () => cluster.Fenced.Count == 2);
        Assert.All(nodes, node => Assert.Contains("the younger yields", node.FencedBecause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task JoiningWithoutACoordinatorSaysSo()
    {
        var cluster = new SimCluster(3, s_options);
        cluster.Store.IsAway = true;
        var node = new SimNode(cluster.World, cluster.Network, cluster.Store, "n", s_options);
        Task joining = node.Member.JoinAsync(TestContext.Current.CancellationToken);
        cluster.Run(5);
        var failure = await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => joining);
        Assert.Contains("cannot join", failure.Message, StringComparison.Ordinal);
    }

    private static (SimCluster Cluster, SimNode[] Nodes) Start(int nodes)
    {
        var cluster = new SimCluster(seed: 11, s_options);
        for (int i = 0; i < nodes; i++)
        {
            cluster.Start();
            cluster.Run(1);
        }

        cluster.RunUntil(20, cluster.IsWhole, "a whole cluster");
        cluster.Run(3);
        return (cluster, [.. cluster.Alive]);
    }
}
