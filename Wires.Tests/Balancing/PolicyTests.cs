using Wires.Balancing;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>The default rule, one clause at a time.</summary>
public sealed class PolicyTests
{
    private static readonly TimeSpan s_now = TimeSpan.FromSeconds(100);
    private readonly BalancingOptions _options = new();

    [Fact]
    public void AWireMovesToTheLessLoadedNode()
    {
        BalancingRound round = Decide(1.0, [Wire(0.1), Wire(0.1)], [Node(2, 0.9), Node(3, 0.1)]);
        Assert.NotEmpty(round.Planned);
        Assert.All(round.Planned, static move => Assert.Equal(3, move.Target));
    }

    [Fact]
    public void NoWireMovesWhereTheInequalityDoesNotHold()
    {
        // 0.5 + 1.3 × 0.4 = 1.02 is not below 1.
        Assert.Empty(Decide(1.0, [Wire(0.4), Wire(0.4)], [Node(2, 0.5)]).Planned);
        Assert.Single(Decide(1.0, [Wire(0.38), Wire(0.38)], [Node(2, 0.5)]).Planned);
    }

    [Fact]
    public void ALoadNearTheMeanStays() => Assert.Empty(Decide(0.54, [.. Wires(20, 0.01)], [Node(2, 0.48)]).Planned);

    [Fact]
    public void TheSecondHeaviestGoes()
    {
        BusyWire heaviest = Wire(0.12, "a");
        BusyWire second = Wire(0.11, "b");
        Assert.Same(second, Decide(0.8, [Wire(0.05, "c"), heaviest, second], [Node(2, 0.3)]).Planned[0].Wire);
    }

    [Fact]
    public void AmongAlikeWiresTheOneWithCompanyThereGoes()
    {
        BusyWire[] wires = [.. Wires(6, 0.05)];
        wires[4].Sketch = new AffinitySketch();
        wires[4].RatePerCount = 1;
        wires[4].Sketch!.Count(99, node: 2, weight: 10);
        Assert.Same(wires[4], Decide(0.8, wires, [Node(2, 0.3)]).Planned[0].Wire);
    }

    [Fact]
    public void WhereTheHeaviestHaveTheirCompanyHereLighterOnesGoThatHaveNone()
    {
        BusyWire[] hubs = [.. Enumerable.Range(0, 20).Select(i => Talker($"hub{i}", 0.03, here: 300, there: 20))];
        BusyWire[] edge = [.. Enumerable.Range(0, 60).Select(i => Talker($"edge{i}", 0.004, here: 20, there: 20))];
        BalancingRound round = Decide(0.8, [.. hubs, .. edge], [Node(2, 0.5)]);
        Assert.InRange(round.Planned.Count, 20, 60);
        Assert.All(round.Planned, move => Assert.Contains(move.Wire, edge));
        Assert.InRange(round.LocalLoad, 0.65, 0.71);
    }

    [Fact]
    public void WhereAllHaveTheirCompanyHereSomeGoAllTheSame()
    {
        BusyWire[] hubs = [.. Enumerable.Range(0, 20).Select(i => Talker($"hub{i}", 0.03, here: 300, there: 0))];
        Assert.NotEmpty(Decide(0.8, hubs, [Node(2, 0.5)]).Planned);
    }

    [Fact]
    public void PromisesCountSoNobodyIsFilledAboveTheMean()
    {
        BalancingRound round = Decide(3.0, [.. Wires(300, 0.01)], [Node(2, 0), Node(3, 0)]);
        Assert.InRange(round.LocalLoad, 0.99, 1.05);
        Assert.All(round.Nodes, static node => Assert.InRange(node.Exported, 0.9, 1.04));
    }

    [Fact]
    public void AWireThatHasJustComeStaysAndEachMoveDoublesForHowLong()
    {
        BusyWire wire = Wire(0.1);
        wire.Settle(s_now);
        Assert.False(wire.HasSettled(s_now + TimeSpan.FromSeconds(4.9), _options));
        Assert.True(wire.HasSettled(s_now + TimeSpan.FromSeconds(5), _options));
        wire.Settle(s_now + TimeSpan.FromSeconds(5));
        Assert.False(wire.HasSettled(s_now + TimeSpan.FromSeconds(14.9), _options));
        Assert.True(wire.HasSettled(s_now + TimeSpan.FromSeconds(15), _options));
    }

    [Fact]
    public void AMoveThatCostsMoreThanItWinsIsNotMade()
    {
        BusyWire[] wires = [.. Wires(10, 0.05)];
        foreach (BusyWire wire in wires)
        {
            wire.Bytes = 10L << 30;
        }

        Assert.Empty(Decide(0.8, wires, [Node(2, 0.3)]).Planned);
    }

    [Theory]
    [InlineData(NodeState.Blocked)]
    [InlineData(NodeState.Draining)]
    public void NobodySendsWiresToANodeThatTakesNone(NodeState state)
    {
        NodeLoad closed = Node(2, 0);
        closed.State = state;
        Assert.All(Decide(1.0, [.. Wires(50, 0.01)], [closed, Node(3, 0.5)]).Planned, static move => Assert.Equal(3, move.Target));
    }

    [Fact]
    public void NewsThatAreTooOldDrawNoWires()
    {
        NodeLoad old = Node(2, 0);
        old.At = s_now - TimeSpan.FromSeconds(31);
        Assert.Empty(Decide(1.0, [.. Wires(50, 0.01)], [old]).Planned);
    }

    [Fact]
    public void PinnedWiresStay()
    {
        BusyWire wire = Wire(0.1);
        wire.IsPinned = true;
        Assert.Empty(Decide(1.0, [wire], [Node(2, 0)]).Planned);
    }

    [Fact]
    public void ADrainingNodeSendsAllAway()
    {
        BalancingRound round = Decide(0.1, [.. Wires(30, 0.001)], [Node(2, 0.9)], state: NodeState.Draining);
        Assert.Equal(30, round.Planned.Count);
        Assert.All(round.Planned, static move => Assert.Equal(BalancingReason.Drain, move.Decision.Reason));
    }

    [Fact]
    public void ShortMemorySendsWiresToWhereMostIsFreeWhateverTheLoadSays()
    {
        NodeLoad roomy = Node(2, 5);
        roomy.ToldFreeMemory = 1000;
        NodeLoad tight = Node(3, 0);
        tight.ToldFreeMemory = 10;
        BusyWire[] wires = [.. Wires(5, 0.001)];
        foreach (BusyWire wire in wires)
        {
            wire.Bytes = 5;
        }

        BalancingRound round = Decide(0.1, wires, [roomy, tight], memory: new NodeSample(0, 0, UsedMemory: 95, TotalMemory: 100));
        Assert.Equal(2, round.Planned.Count);
        Assert.All(round.Planned, static move => Assert.Equal((2, BalancingReason.Memory), (move.Target, move.Decision.Reason)));
    }

    [Fact]
    public void ATargetGrantsNoMoreThanItLacksToTheMean()
    {
        BalancingRound round = Round(0.2, [], [Node(2, 0.8)], NodeState.Open, default);
        GrantAnswer answer = new DefaultBalancingPolicy().Grant(new GrantRequest(2, BalancingReason.Load, 100, 1, 0.01, 0, 0.8, 0.5), round);
        Assert.Equal(0.5 * 1.03 - 0.2, answer.Work, 9);
    }

    [Fact]
    public void SendersDoNotStampede()
    {
        var balancer = new Balancer(1, "a", 1, new DefaultBalancingPolicy(), _options, new Random(1));
        balancer.SetMembers([(1, "a"), .. Enumerable.Range(2, 8).Select(static node => ((long)node, "n"))], s_now);
        double granted = Enumerable.Range(2, 8).Sum(node => balancer.Grant(new GrantRequest(node, BalancingReason.Load, 10, 0.3, 0.03, 0, 1, 0.5), s_now).Work);
        Assert.InRange(granted, 0.5, 0.56);
    }

    [Fact]
    public void NewWiresGoToOneOfTheLeastLoaded()
    {
        var random = new Random(1);
        BalancingRound round = Round(0.9, [], [Node(2, 0.10), Node(3, 0.11), Node(4, 0.8)], NodeState.Open, default, random);
        long[] places = [.. Enumerable.Range(0, 50).Select(_ => new DefaultBalancingPolicy().Place(round)!.Node).Distinct().Order()];
        Assert.Equal([2, 3], places);
        Assert.Null(new DefaultBalancingPolicy().Place(Round(0.1, [], [Node(2, 0.1)], NodeState.Open, default)));
    }

    [Fact]
    public void ADecisionExplainsItselfInOneLine()
    {
        string text = Decide(1.0, [.. Wires(5, 0.05)], [Node(2, 0.1)]).Planned[0].Decision.ToString();
        Assert.DoesNotContain('\n', text);
        Assert.Contains("node-1 -> node-2 (Load", text, StringComparison.Ordinal);
        Assert.Contains("local 1.000, remote 0.100", text, StringComparison.Ordinal);
    }

    private static NodeLoad Node(long node, double load) => new(node, $"node-{node}") { ToldExported = load, ToldLoad = load, At = s_now, Sequence = 1 };

    private static BusyWire Wire(double work, string key = "w") => new(new WireId("T", new WireKey(key)), TimeSpan.Zero) { Work = work };

    /// <summary>A wire that talks to wires of node 1, which decides, and of node 2.</summary>
    private static BusyWire Talker(string key, double work, float here, float there)
    {
        BusyWire wire = Wire(work, key);
        (wire.Sketch, wire.RatePerCount) = (new AffinitySketch(), 1);
        wire.Sketch.Count(98, node: 1, here);
        wire.Sketch.Count(99, node: 2, there);
        return wire;
    }

    private static IEnumerable<BusyWire> Wires(int count, double work) => Enumerable.Range(0, count).Select(i => Wire(work, $"w{i}"));

    private BalancingRound Decide(double load, BusyWire[] wires, NodeLoad[] nodes, NodeState state = NodeState.Open, NodeSample memory = default)
    {
        var policy = new DefaultBalancingPolicy();
        for (int i = 0; i < 2; i++)
        {
            policy.Decide(Round(load, [], nodes, state, default));
        }

        BalancingRound round = Round(load, wires, nodes, state, memory);
        policy.Decide(round);
        return round;
    }

    private BalancingRound Round(double load, BusyWire[] wires, NodeLoad[] nodes, NodeState state, NodeSample memory, Random? random = null)
    {
        NodeLoad local = Node(1, load);
        local.State = state;
        return new BalancingRound(s_now, local, load, memory, nodes, nodes.Length + 1, wires, _options, new MoveCost(), random ?? new Random(1));
    }
}
