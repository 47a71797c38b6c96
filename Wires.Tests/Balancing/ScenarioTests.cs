using Wires.Simulator;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>Whole clusters in simulated time. The figures are those that the issue asks for; <c>Wires.Simulator</c> prints them.</summary>
public sealed class ScenarioTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    public void WorkThatIsBornOnOneNodeSpreads(int nodes)
    {
        Result result = Run("all-on-one", nodes);
        Assert.InRange(result.Balanced!.Value.TotalSeconds, 0, 30);
        Assert.InRange(result.Imbalance, 1, 1.10);
        Assert.InRange(result.MovesPerWire, 0.5, 1.5);
        Assert.Equal(0, result.MovesInLastMinute);
    }

    [Theory]
    [InlineData("random", 3)]
    [InlineData("slow-node", 3)]
    [InlineData("slow-node", 32)]
    [InlineData("join", 3)]
    [InlineData("leave", 3)]
    [InlineData("leave", 32)]
    [InlineData("hot-wire", 3)]
    public void ASteadyLoadIsEvenedAndComesToRest(string scenario, int nodes)
    {
        Result result = Run(scenario, nodes);
        Assert.InRange(result.Balanced!.Value.TotalSeconds, 0, 30);
        Assert.InRange(result.Imbalance, 1, 1.10);
        Assert.Equal(0, result.MovesInLastMinute);
    }

    [Fact]
    public void AnOscillatingLoadIsNotChased() => Assert.InRange(Run("oscillating", 32).MovesPerWire, 0, 0.2);

    [Fact]
    public void CommunitiesComeTogetherAndStay()
    {
        Result result = Run("communities", 3);
        Assert.InRange(result.RemoteBefore!.Value, 0.6, 0.7);
        Assert.InRange(result.RemoteAt60!.Value, 0, 0.08);
        Assert.InRange(result.Imbalance, 1, 1.15);
        Assert.Equal(0, result.MovesInLastMinute);
    }

    [Fact]
    public void TheSameSeedGivesTheSameRun() => Assert.Equal(Run("join", 3), Run("join", 3));

    private static Result Run(string scenario, int nodes) => ScenarioRun.Run(Scenarios.All.Single(it => it.Name == scenario), nodes, seed: 1);
}
