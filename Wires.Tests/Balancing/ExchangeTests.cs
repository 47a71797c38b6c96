using Wires.Balancing;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>What two nodes exchange.</summary>
public sealed class ExchangeTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void ExchangesKeepTheLoadsAndTellTheTruth(int seed)
    {
        var random = new Random(seed);
        Dictionary<(int, int), float> edges = RandomGraph(random, 120, communities: 6);
        bool[] isRight = [.. Enumerable.Range(0, 120).Select(_ => random.Next(2) == 1)];
        ExchangeCandidate[] all = Candidates(edges, isRight);
        ExchangeCandidate[] left = [.. all.Where((_, i) => !isRight[i])];
        ExchangeCandidate[] right = [.. all.Where((_, i) => isRight[i])];
        double leftLoad = left.Sum(static wire => wire.Work);
        double rightLoad = right.Sum(static wire => wire.Work);
        ExchangePlan plan = ExchangePlanner.Plan(left, right, leftLoad, 1, rightLoad, 1, delta: 0.04);

        // Nobody is exchanged twice, and everybody from the side that offered.
        Assert.Equal(plan.Coming.Count, plan.Coming.Intersect(left).Count());
        Assert.Equal(plan.Going.Count, plan.Going.Intersect(right).Count());

        double change = plan.Going.Sum(static wire => wire.Work) - plan.Coming.Sum(static wire => wire.Work);
        double apart = Math.Abs(leftLoad + change - (rightLoad - change));
        Assert.True(apart <= Math.Max(0.04 * (leftLoad + rightLoad) / 2, Math.Abs(leftLoad - rightLoad)) + 1e-9);

        bool[] after = [.. isRight];
        foreach (ExchangeCandidate wire in plan.Coming.Concat(plan.Going))
        {
            after[(int)wire.Fingerprint] = !after[(int)wire.Fingerprint];
        }

        Assert.Equal(Cut(edges, isRight) - Cut(edges, after), plan.Gain, 2);
        Assert.True(plan.Gain > 0, "communities that are split have something to win");
    }

    [Fact]
    public void ACommunityWhoseHalvesAreApartComesTogether()
    {
        // Two cliques of 20, each half here and half there: no wire alone wins anything.
        var edges = new Dictionary<(int, int), float>();
        for (int i = 0; i < 40; i++)
        {
            for (int j = i + 1; j < 40; j++)
            {
                if (i / 20 == j / 20)
                {
                    edges[(i, j)] = 10;
                }
            }
        }

        bool[] isRight = [.. Enumerable.Range(0, 40).Select(static i => i % 2 == 1)];
        ExchangeCandidate[] all = Candidates(edges, isRight);
        ExchangePlan plan = ExchangePlanner.Plan([.. all.Where((_, i) => !isRight[i])], [.. all.Where((_, i) => isRight[i])], 0.2, 1, 0.2, 1, 0.04);
        Assert.Equal((10, 10), (plan.Coming.Count, plan.Going.Count));
        Assert.Equal(2 * 100 * 10, plan.Gain, 3);
    }

    [Fact]
    public void WhatCostsMoreThanItWinsStays()
    {
        var edges = new Dictionary<(int, int), float> { [(0, 1)] = 5 };
        bool[] isRight = [false, true];
        ExchangeCandidate[] all = [.. Candidates(edges, isRight).Select(static wire => wire with { Price = 6 })];
        ExchangePlan plan = ExchangePlanner.Plan([all[0]], [all[1]], 0.5, 1, 0.5, 1, 1);
        Assert.Empty(plan.Coming.Concat(plan.Going));
    }

    [Fact]
    public void PeersAreWhereTheNodesSayThatTheyAre()
    {
        var tracker = new PeerTracker(self: 1);
        var sketch = new AffinitySketch();
        sketch.Count(10, node: 2, weight: 5); // is here by now
        sketch.Count(11, node: 1, weight: 7); // was sent to 3
        sketch.Count(12, node: 2, weight: 9); // the partner does not have it
        tracker.Left(11, 3, TimeSpan.Zero);
        tracker.Correct(sketch, new HashSet<ulong> { 10 }, partner: 2, new HashSet<ulong>());
        Assert.Equal((5, 0, 7, 9), (sketch.CountOf(1), sketch.CountOf(2), sketch.CountOf(3), sketch.CountOf(PeerTracker.Elsewhere)));
    }

    private static ExchangeCandidate[] Candidates(Dictionary<(int, int), float> edges, bool[] isRight)
    {
        var lists = new List<ExchangeEdge>[isRight.Length];
        double[] gains = new double[isRight.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = [];
        }

        foreach (((int one, int two), float rate) in edges)
        {
            bool isCut = isRight[one] != isRight[two];
            lists[one].Add(new ExchangeEdge((ulong)two, rate, isCut));
            lists[two].Add(new ExchangeEdge((ulong)one, rate, isCut));
            gains[one] += isCut ? rate : -rate;
            gains[two] += isCut ? rate : -rate;
        }

        return [.. isRight.Select((_, i) => new ExchangeCandidate(new WireId("T", new WireKey(i)), (ulong)i, 0.01, 1000, gains[i], 0.1, [.. lists[i]]))];
    }

    private static Dictionary<(int, int), float> RandomGraph(Random random, int count, int communities)
    {
        var edges = new Dictionary<(int, int), float>();
        for (int i = 0; i < count * 8; i++)
        {
            int one = random.Next(count);
            int two = random.Next(10) == 0 ? random.Next(count) : (random.Next(count / communities) * communities) + (one % communities);
            if (one != two)
            {
                edges[(Math.Min(one, two), Math.Max(one, two))] = random.Next(1, 20);
            }
        }

        return edges;
    }

    private static double Cut(Dictionary<(int, int), float> edges, bool[] isRight) => edges.Sum(edge => isRight[edge.Key.Item1] != isRight[edge.Key.Item2] ? edge.Value : 0);
}
