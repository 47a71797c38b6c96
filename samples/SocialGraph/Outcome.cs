using System.Globalization;
using SocialGraph.Graphs;
using SocialGraph.Ranking;

namespace SocialGraph;

/// <summary>What is known in the end.</summary>
/// <param name="Ranks">By vertex, of the last run.</param>
/// <param name="Runs">Of PageRank.</param>
/// <param name="Differing">Runs whose ranks are not those of one thread.</param>
/// <param name="FirstRun">How long it took.</param>
/// <param name="LastRun">How long it took.</param>
/// <param name="Before">While vertices were held where their hash puts them.</param>
/// <param name="After">In the last seconds.</param>
/// <param name="FreedAt">When vertices might move.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Moves">Of vertices.</param>
internal sealed record Outcome(double[] Ranks, int Runs, int Differing, TimeSpan FirstRun, TimeSpan LastRun, Traffic Before, Traffic After, TimeSpan FreedAt, TimeSpan EndedAt, int Moves)
{
    private const int TopVertices = 5;

    /// <summary>Says it.</summary>
    public void Write(TextWriter output, Graph graph)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        output.WriteLine();
        output.WriteLine(string.Create(invariant, $"                {"before",12}{$"after {(EndedAt - FreedAt).TotalSeconds:F0} s",12}"));
        output.WriteLine(string.Create(invariant, $"remote messages {Before.Remote,12:P1}{After.Remote,12:P1}"));
        output.WriteLine(string.Create(invariant, $"messages/s      {Before.PerSecond,12:N0}{After.PerSecond,12:N0}"));
        output.WriteLine(string.Create(invariant, $"load max/mean   {Before.LoadImbalance,12:F2}{After.LoadImbalance,12:F2}"));
        output.WriteLine(string.Create(invariant, $"a run of ranks  {FirstRun.TotalSeconds,10:F1} s{LastRun.TotalSeconds,10:F1} s"));
        output.WriteLine(string.Create(invariant, $"moves           {"",12}{Moves,12:N0}    {(double)Moves / graph.Vertices:F2} for each vertex"));
        output.WriteLine();
        output.WriteLine(Differing == 0
            ? string.Create(invariant, $"{Runs} {(Runs == 1 ? "run" : "runs")}, while vertices moved: the ranks are those that one thread computes, bit for bit")
            : string.Create(invariant, $"{Differing} OF {Runs} RUNS HAVE OTHER RANKS THAN ONE THREAD COMPUTES"));
        output.WriteLine(string.Create(invariant, $"highest ranks: {string.Join(", ", Top(graph))}"));
    }

    private IEnumerable<string> Top(Graph graph) => Ranks
        .Select(static (rank, vertex) => (rank, vertex))
        .OrderByDescending(static of => of.rank)
        .Take(TopVertices)
        .Select(of => string.Create(CultureInfo.InvariantCulture, $"{graph.NameOf(of.vertex)} ({of.rank:F5})"));
}
