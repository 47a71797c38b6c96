using SocialGraph.Ranking;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>What is made of the counts that vertices tell.</summary>
public sealed class SocialGraphTrafficTests
{
    private readonly TrafficMeter _meter = new();

    [Fact]
    public void RatesAreThoseOfTheTimeThatIsAskedFor()
    {
        Add(1, ("a", 10, 30), ("b", 0, 40));
        Add(2, ("a", 110, 30), ("b", 100, 60));
        Add(4, ("a", 510, 30), ("b", 300, 60));
        Assert.Equal((80, 70 / 80.0), Of(_meter.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1.5))));
        Assert.Equal((220, 20 / 220.0), Of(_meter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2))));
        Traffic last = _meter.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.Equal((300, 0), Of(last));
        Assert.Equal(200 / 150.0, last.MessageImbalance);
        Assert.Equal((900 / 4.0, 90 / 900.0), Of(_meter.Latest));
    }

    [Fact]
    public void TheLoadIsTheMeanOfTheTimeThatIsAskedForAndANodeThatIsNewCountsFromItsFirst()
    {
        Add(1, ("a", 10, 0));
        Add(2, ("a", 20, 0), ("b", 5, 5));
        Add(3, ("a", 30, 0), ("b", 10, 10));
        Traffic traffic = _meter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        Assert.Equal([2.5, 2.5], traffic.Nodes.Select(static node => node.Load));
        Assert.Equal([10, 5], traffic.Nodes.Select(static node => node.LocalPerSecond));
        Assert.Equal(1, traffic.LoadImbalance);
    }

    [Fact]
    public void WhereNothingIsKnownNothingIsUneven()
    {
        Traffic traffic = _meter.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0, 1, 1), (traffic.PerSecond, traffic.Remote, traffic.LoadImbalance, traffic.MessageImbalance));
    }

    private static (double PerSecond, double Remote) Of(Traffic traffic) => (traffic.PerSecond, traffic.Remote);

    // The load of a node is its sample's time.
    private void Add(int second, params (string Node, long Local, long Remote)[] nodes) => _meter.Add(
        TimeSpan.FromSeconds(second),
        new TableStatus(0, 0, 0, [.. nodes.Select(static node => new NodeShare(node.Node, 1, node.Local, node.Remote))]),
        nodes.ToDictionary(static node => node.Node, _ => (double)second));
}
