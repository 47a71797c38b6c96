using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A call is let in by a wire that waits for it, and by no other.</summary>
public sealed class CallBackTests
{
    [Theory]
    [InlineData(CallMode.Inlined, ChainStyle.WireTask)]
    [InlineData(CallMode.Queued, ChainStyle.WireTask)]
    [InlineData(CallMode.Inlined, ChainStyle.Task)]
    [InlineData(CallMode.Queued, ChainStyle.Task)]
    [InlineData(CallMode.Inlined, ChainStyle.ValueTask)]
    [InlineData(CallMode.Queued, ChainStyle.ValueTask)]
    [InlineData(CallMode.Inlined, ChainStyle.Interleaved)]
    [InlineData(CallMode.Queued, ChainStyle.Interleaved)]
    public async Task ACallThatComesBackRoundItsOwnChainIsLetIn(CallMode mode, ChainStyle style)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b"), c = node.Get<LinkRef>("c");
        Assert.Equal("a", await a.Walk([], style).Within());
        Assert.Equal("aa", await a.Walk([a], style).Within());
        Assert.Equal("aba", await a.Walk([b, a], style).Within());
        Assert.Equal("abca", await a.Walk([b, c, a], style).Within());
        Assert.Equal("abcabcba", await a.Walk([b, c, a, b, c, b, a], style).Within());
        Assert.Equal("aaabbb", await a.Walk([a, a, b, b, b], style).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task LongChainsThroughFewWiresComeBack(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef[] ring = [node.Get<LinkRef>("a"), node.Get<LinkRef>("b"), node.Get<LinkRef>("c")];
        var path = Enumerable.Range(1, 100).Select(i => ring[i % 3]).ToList();
        Assert.Equal(101, (await ring[0].Walk(path, ChainStyle.WireTask).Within()).Length);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ASiblingIsNotLetIn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b"), c = node.Get<LinkRef>("c");

        // Both come from the same call of a, but c's call does not work for b's.
        Task siblings = a.Siblings(b, c).AsTask();
        await node.Probe.Reached("b holds");
        await node.Settled(c);
        await node.Settled(b);
        Assert.DoesNotContain("b touched by c", node.Probe.Notes);
        node.Probe.Open("b");
        await siblings.Within();
        Assert.Equal(["b holds", "b released", "b touched by c"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AStrangersChainIsNotLetIn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b"), c = node.Get<LinkRef>("c");
        Task<string> holding = a.WalkAndHold(b, "b").AsTask();
        await node.Probe.Reached("b holds");
        Task<string> stranger = c.Walk([a], ChainStyle.WireTask).AsTask();
        await node.Settled(c);
        await node.Settled(a);
        Assert.False(stranger.IsCompleted);
        node.Probe.Open("b");
        Assert.Equal("ab", await holding.Within());
        Assert.Equal("ca", await stranger.Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ALetInCallNeedsNoRoomInTheMailbox(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode, static options => options.MailboxCapacity = 2);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b");
        Task<string> chain = a.WalkWhenOpen([b, a], "start").AsTask();
        await node.Probe.Reached("a waits");
        Task<string>[] waiting = [a.Walk([], ChainStyle.WireTask).AsTask(), a.Walk([], ChainStyle.WireTask).AsTask()];
        await node.Settled(a);
        await Assert.ThrowsAsync<WireOverloadedException>(() => a.Walk([], ChainStyle.WireTask).Within());
        node.Probe.Open("start");
        Assert.Equal("aba", await chain.Within());
        Assert.Equal(["a", "a"], await Task.WhenAll(waiting).Within());
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task ACallBackWaitsUntilItsTargetsCodeHasLeftTheThread(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b");
        await a.CallBackedWhileOnTheStack(b).Within();
        node.AssertClean();
        Assert.Equal(["a has called", "a touched by b"], node.Probe.Notes);
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task AOneWayCallStartsAChainOfItsOwn(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef a = node.Get<LinkRef>("a"), b = node.Get<LinkRef>("b");
        Task holding = a.SendOneWayAndHold(b).AsTask();
        await node.Probe.Reached("a holds");
        await node.Probe.Reached("b calls a");
        await node.Settled(a);
        Assert.DoesNotContain("a touched by b", node.Probe.Notes);
        node.Probe.Open("a");
        await holding.Within();
        await node.Probe.Reached("a touched by b");
    }

    [Fact]
    public async Task ATickStartsAChainOfItsOwn()
    {
        await using TestNode node = TestNode.Create();
        LinkRef a = node.Get<LinkRef>("a");
        TickingLinkRef ticking = node.Get<TickingLinkRef>();
        await ticking.Follow(a).Within();
        Task<string> holding = a.WalkAndHold(node.Get<LinkRef>("b"), "b").AsTask();
        await node.Probe.Reached("b holds");
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await node.Probe.Reached("tick calls");
        await node.Settled(a);
        Assert.DoesNotContain("a touched by tick", node.Probe.Notes);
        node.Probe.Open("b");
        await holding.Within();
        await node.Probe.Reached("a touched by tick");
    }

    [Fact]
    public async Task ATickIsLetInByItsOwnChain()
    {
        await using TestNode node = TestNode.Create();
        TickingLinkRef ticking = node.Get<TickingLinkRef>();
        await ticking.FollowSelf(node.Get<LinkRef>("a")).Within();
        node.Time.Advance(TimeSpan.FromSeconds(1));
        await node.Probe.Reached("came back");
    }

    [Theory]
    [InlineData(CallMode.Inlined)]
    [InlineData(CallMode.Queued)]
    public async Task CallsThatRunBesideOthersInTaskMethodsKeepTheirOwnChains(CallMode mode)
    {
        await using TestNode node = TestNode.Create(mode);
        LinkRef hub = node.Get<LinkRef>("h");
        const int Chains = 8;

        // Each goes through the hub, out to its own wire, and back in, while the others are suspended in it. None would be let in on another's behalf:
        // the last step is an ordinary call.
        Task<string>[] chains = [.. Enumerable.Range(0, Chains).Select(i => hub.BesideOthers(node.Get<LinkRef>(((char)('0' + i)).ToString()), $"gate {i}").AsTask())];
        await Task.WhenAll(Enumerable.Range(0, Chains).Select(i => node.Probe.Reached($"gate {i}"))).Within();
        for (int i = Chains - 1; i >= 0; i--)
        {
            node.Probe.Open($"gate {i}");
            Assert.Equal($"h{i}h", await chains[i].Within());
        }
    }
}
