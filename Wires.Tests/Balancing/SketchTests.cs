using Wires.Balancing;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>Who talks to whom, in bounded memory.</summary>
public sealed class SketchTests
{
    [Fact]
    public void HeavyPeersAreFoundAmongManyLightOnes()
    {
        var sketch = new AffinitySketch();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            sketch.Count(i % 4 == 0 ? (ulong)(i / 4 % 8) : (ulong)random.Next(1000, 3000), node: 2);
        }

        ulong[] heaviest = [.. Enumerable.Range(0, sketch.Peers).Select(i => sketch[i]).OrderByDescending(static peer => peer.Count).Take(8).Select(static peer => peer.Peer).Order()];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], heaviest);
    }

    [Fact]
    public void CountsAreNeverTooLowAndWhatIsCertainIsNeverTooHigh()
    {
        var sketch = new AffinitySketch();
        var truth = new Dictionary<ulong, int>();
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++)
        {
            ulong peer = (ulong)(random.NextDouble() * random.NextDouble() * 200);
            truth[peer] = truth.GetValueOrDefault(peer) + 1;
            sketch.Count(peer, node: 1);
        }

        for (int i = 0; i < sketch.Peers; i++)
        {
            Assert.True(sketch[i].Count >= truth[sketch[i].Peer] - 0.5);
            Assert.True(sketch[i].Certain <= truth[sketch[i].Peer] + 0.5);
        }
    }

    [Fact]
    public void APeerThatIsSeenElsewhereTakesItsCountAlong()
    {
        var sketch = new AffinitySketch();
        sketch.Count(5, node: 1, weight: 10);
        sketch.Count(5, node: 2);
        Assert.Equal(0, sketch.CountOf(1));
        Assert.Equal(11, sketch.CountOf(2));
    }

    [Fact]
    public void WhatIsOldWeighsLessAndIsForgotten()
    {
        var sketch = new AffinitySketch();
        sketch.Count(5, node: 1, weight: 10);
        sketch.Decay(0.5f);
        Assert.Equal(5, sketch.CountOf(1));
        sketch.Decay(0.001f);
        Assert.Equal(0, sketch.Peers);
    }

    [Fact]
    public void CountingAllocatesNothing()
    {
        var sketch = new AffinitySketch();
        sketch.Count(1, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            sketch.Count((ulong)i % 100, i % 20);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
