using Wires.Balancing;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>What loads are made of, and what moves cost.</summary>
public sealed class MeterTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void LocalLoadRisesSlowlyAndFallsAtOnce()
    {
        Assert.Equal(0.375, AsymmetricDecay.Local(0, 1, s_step), 12);
        Assert.Equal(0.2, AsymmetricDecay.Local(1, 0.2, s_step), 12);
    }

    [Fact]
    public void ExportedLoadRisesAtOnceAndFallsSlowly()
    {
        Assert.Equal(1, AsymmetricDecay.Exported(0, 1, s_step), 12);
        Assert.Equal(0.875, AsymmetricDecay.Exported(1, 0, s_step), 12);
    }

    [Fact]
    public void TwoStepsAreOneOfTwiceTheLength() =>
        Assert.Equal(AsymmetricDecay.Exported(AsymmetricDecay.Exported(1, 0, s_step), 0, s_step), AsymmetricDecay.Exported(1, 0, 2 * s_step), 12);

    [Fact]
    public void ANodeAtItsLimitLooksBusierThanOneByItsBacklog()
    {
        var meter = new LoadMeter(capacity: 2, new BalancingOptions());
        meter.Record(new NodeSample(0, 0, 0, 0), TimeSpan.FromSeconds(1));
        meter.Record(new NodeSample(Work: 2, Backlog: 6, 0, 0), TimeSpan.FromSeconds(2));
        Assert.Equal((8 / 2.0) + (6 / 10.0 / 2), meter.Exported, 9);
    }

    [Fact]
    public void AFasterNodeIsLessLoadedByTheSameWork()
    {
        var slow = new LoadMeter(1, new BalancingOptions());
        var fast = new LoadMeter(5, new BalancingOptions());
        slow.Record(new NodeSample(0.5, 0, 0, 0), TimeSpan.FromSeconds(1));
        fast.Record(new NodeSample(0.5, 0, 0, 0), TimeSpan.FromSeconds(1));
        Assert.Equal(slow.Local, 5 * fast.Local, 9);
    }

    [Fact]
    public void AWireThatHasComeCountsAtOnceAndOnlyOnce()
    {
        var meter = new LoadMeter(1, new BalancingOptions());
        meter.Record(new NodeSample(0, 0, 0, 0), TimeSpan.FromSeconds(1));
        meter.Arrived(work: 0.4, backlog: 0, TimeSpan.FromSeconds(1.25));
        Assert.Equal(0.4, meter.Exported, 9);
        meter.Record(new NodeSample(Work: 0.4 * 0.25, 0, 0, 0), TimeSpan.FromSeconds(1.5));
        Assert.Equal(0.4, meter.Local, 9);
    }

    [Fact]
    public void WhatIsKnownNeedsNoEveningOut()
    {
        var meter = new LoadMeter(2, new BalancingOptions());
        meter.Record(new NodeSample(Work: 1, 0, 0, 0), TimeSpan.FromSeconds(1));
        meter.Shift(10);
        Assert.Equal((5.5, 5.5, 5.5), (meter.Local, meter.Exported, meter.Mean));
        meter.Shift(-10);
        Assert.Equal((0.5, 0.5, 0.5), (meter.Local, meter.Exported, meter.Mean));
    }

    [Fact]
    public void ShortMemoryIsLoad()
    {
        var meter = new LoadMeter(1, new BalancingOptions());
        meter.Record(new NodeSample(0, 0, UsedMemory: 100, TotalMemory: 100), TimeSpan.FromSeconds(1));
        Assert.Equal(1, meter.Exported, 9);
    }

    [Fact]
    public void ThePriceOfMovesIsLearned()
    {
        var cost = new MoveCost();
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            long bytes = random.Next(0, 4 << 20);
            cost.Learn(bytes, 0.002 + (bytes * 1e-8));
        }

        Assert.Equal(0.002, cost.PerMove, 3);
        Assert.InRange(cost.PerByte, 0.9e-8, 1.1e-8);
    }

    [Fact]
    public void OneMoveThatTookForEverTeachesNothing()
    {
        var cost = new MoveCost();
        for (int i = 0; i < 200; i++)
        {
            cost.Learn(1024 * (i % 20), 0.001);
        }

        double before = cost.Of(10_000);
        cost.Learn(10_000, 60);
        Assert.InRange(cost.Of(10_000), before, before * 1.5);
    }

    [Fact]
    public void TheSpeedOfANodeIsMeasuredAgainstTheReference()
    {
        long ticks = 0;
        Assert.Equal(1, NodeSpeed.Measure(() => ticks += 1000, 1_000_000) / (60 * 1_000_000 / 1000.0 / NodeSpeed.ReferencePassesPerSecond), 9);
        Assert.True(NodeSpeed.Measure() > 0);
    }
}
