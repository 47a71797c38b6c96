using SocialGraph.Graphs;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>Edge lists, and graphs that are made up.</summary>
public sealed class SocialGraphFileTests
{
    [Fact]
    public void CommentsSeparatorsLoopsAndEdgesThatComeTwiceMakeNoDifference()
    {
        Graph graph = EdgeListReader.Read(new StringReader("# people\n% more\n\nann\tbob\n  bob , ann\nann bob\ncid cid\nbob;dan\n"), "people.txt");
        Assert.Equal((3, 2, 2), (graph.Vertices, graph.Edges, graph.MaxDegree));
        Assert.Equal(["ann", "bob", "dan"], Enumerable.Range(0, 3).Select(graph.NameOf));
        Assert.Equal([0, 2], graph.NeighboursOf(1));
    }

    [Theory]
    [InlineData("a b\n\nc\n", "people.txt, line 3: 'c' names one vertex only; an edge is between two")]
    [InlineData("# c\na b 0.5\n", "people.txt, line 2: 'a b 0.5' has more than two words; an edge is the names of two vertices, and weights are not supported")]
    [InlineData("\u0001\u001b[2J\n", "people.txt, line 1: '??[2J' names one vertex only; an edge is between two")]
    [InlineData("a a\n# end\n", "people.txt: there is no edge between two vertices in its 2 lines")]
    [InlineData("", "people.txt: there is no edge between two vertices in its 0 lines")]
    public void WhatIsNoEdgeListIsRefusedWithItsLine(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<EdgeListException>(() => EdgeListReader.Read(new StringReader(text), "people.txt")).Message);

    [Fact]
    public void LongLinesAreShownCut() =>
        Assert.Equal(
            $"x, line 1: '{new string('a', 40)}…' names one vertex only; an edge is between two",
            Assert.Throws<EdgeListException>(() => EdgeListReader.Read(new StringReader(new string('a', 1_000_000)), "x")).Message);

    [Fact]
    public void TheSameSeedMakesTheSameGraphAndMostEdgesStayInTheirCommunity()
    {
        Graph one = PlantedPartition.Create(400, 8, 10, 0.1, seed: 3), same = PlantedPartition.Create(400, 8, 10, 0.1, seed: 3), other = PlantedPartition.Create(400, 8, 10, 0.1, seed: 4);
        Assert.Equal(Edges(one), Edges(same));
        Assert.NotEqual(Edges(one), Edges(other));
        Assert.Equal(2000, one.Edges);
        Assert.InRange(Edges(one).Count(static edge => edge.One % 8 != edge.Two % 8) / 4000.0, 0.06, 0.12);
    }

    private static (int One, int Two)[] Edges(Graph graph) =>
        [.. Enumerable.Range(0, graph.Vertices).SelectMany(one => graph.NeighboursOf(one).Select(two => (int.Parse(graph.NameOf(one), null), int.Parse(graph.NameOf(two), null))))];
}
