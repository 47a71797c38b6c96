using Wires.Balancing;
using Xunit;

namespace Wires.Tests.Balancing;

/// <summary>How load news spread.</summary>
public sealed class NewsTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(32, 8)]
    [InlineData(256, 14)]
    public void NearlyEveryNodeIsHeardOfEverywhereSoon(int nodes, int rounds)
    {
        var random = new Random(nodes);
        var options = new BalancingOptions();
        NewsWindow[] windows = [.. Enumerable.Range(1, nodes).Select(node => new NewsWindow(node, options))];
        foreach (NewsWindow window in windows)
        {
            window.SetMembers(Enumerable.Range(1, nodes).Select(static node => ((long)node, $"n{node}")));
        }

        int round = 0;
        for (; windows.Any(window => window.Known.Count < 0.9 * (nodes - 1)); round++)
        {
            Assert.True(round < 4 * rounds, "news do not spread");
            TimeSpan now = round * options.Period;
            for (int i = 0; i < nodes; i++)
            {
                (long target, LoadNews news) = windows[i].Compose(Own(i + 1, round + 1), now, random)!.Value;
                Assert.True(news.Entries.Length <= options.WindowFor(nodes));
                windows[target - 1].Receive(news, now);
            }
        }

        Assert.InRange(round, 1, 3 * rounds);
    }

    [Fact]
    public void OldNewsDoNotReplaceYoungerOnes()
    {
        NewsWindow window = Window();
        window.Receive(new LoadNews(2, [Own(2, 5) with { Load = 0.5 }]), TimeSpan.FromSeconds(1));
        window.Receive(new LoadNews(3, [Own(2, 4) with { Load = 0.9 }]), TimeSpan.FromSeconds(2));
        Assert.Equal(0.5, window.Find(2)!.Load);
    }

    [Fact]
    public void NodesThatHaveLeftAreForgottenAndNotHeardOfAgain()
    {
        NewsWindow window = Window();
        window.Receive(new LoadNews(2, [Own(2, 5)]), TimeSpan.Zero);
        window.SetMembers([(1, "a"), (3, "c")]);
        window.Receive(new LoadNews(3, [Own(2, 6), Own(3, 1)]), TimeSpan.Zero);
        Assert.Null(window.Find(2));
        Assert.Equal(3, Assert.Single(window.Known).Node);
    }

    [Fact]
    public void ThatNewsAreOldIsPassedOn()
    {
        NewsWindow window = Window();
        window.Receive(new LoadNews(2, [Own(2, 5) with { Age = TimeSpan.FromSeconds(3) }]), TimeSpan.FromSeconds(10));
        LoadNews told = window.Compose(Own(1, 1), TimeSpan.FromSeconds(12), new Random(1))!.Value.News;
        Assert.Equal(TimeSpan.FromSeconds(5), told.Entries.Single(static entry => entry.Node == 2).Age);
    }

    [Fact]
    public void NumbersThatAreNoneAreRefused()
    {
        NewsWindow window = Window();
        window.Receive(new LoadNews(2, [Own(2, 5) with { Load = double.NaN }, Own(3, 1) with { Capacity = 0 }]), TimeSpan.Zero);
        Assert.Empty(window.Known);
    }

    private static NewsWindow Window()
    {
        var window = new NewsWindow(1, new BalancingOptions());
        window.SetMembers([(1, "a"), (2, "b"), (3, "c")]);
        return window;
    }

    private static NewsEntry Own(long node, int sequence) => new(node, (ulong)sequence, TimeSpan.Zero, 0.1, 0.1, 1, long.MaxValue, NodeState.Open);
}
