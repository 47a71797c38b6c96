using SocialGraph.Graphs;

namespace SocialGraph.Ranking;

/// <summary>PageRank by power iteration: in each round every vertex divides its rank among its neighbours.</summary>
public static class PageRank
{
    /// <summary>How much of a rank is passed on; the rest is divided among all vertices.</summary>
    public const double Damping = 0.85;

    /// <summary>A vertex' rank, of what its neighbours have given it.</summary>
    /// <param name="shares">In the order of the neighbours: a sum in another order is another number.</param>
    /// <param name="vertices">Of the graph.</param>
    public static double Of(ReadOnlySpan<double> shares, int vertices)
    {
        double sum = 0;
        foreach (double share in shares)
        {
            sum += share;
        }

        return ((1 - Damping) / vertices) + (Damping * sum);
    }

    /// <summary>Computes all ranks by one thread, without wires.</summary>
    public static double[] Compute(Graph graph, int rounds)
    {
        ArgumentNullException.ThrowIfNull(graph);
        double[] ranks = new double[graph.Vertices];
        Array.Fill(ranks, 1.0 / graph.Vertices);
        for (int round = 0; round < rounds; round++)
        {
            double[] next = new double[graph.Vertices];
            for (int vertex = 0; vertex < graph.Vertices; vertex++)
            {
                double[] shares = [.. graph.NeighboursOf(vertex).Select(other => ranks[other] / graph.NeighboursOf(other).Length)];
                next[vertex] = Of(shares, graph.Vertices);
            }

            ranks = next;
        }

        return ranks;
    }
}
