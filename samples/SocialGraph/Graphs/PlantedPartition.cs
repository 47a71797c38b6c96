using System.Globalization;

namespace SocialGraph.Graphs;

/// <summary>Random graphs with communities: most of a vertex' edges stay in its own (a planted partition).</summary>
public static class PlantedPartition
{
    /// <summary>Makes one.</summary>
    /// <param name="vertices">How many; those that get no edge are left out.</param>
    /// <param name="communities">How many; vertex v is in community v modulo this.</param>
    /// <param name="degree">A vertex' edges, mean.</param>
    /// <param name="outside">The share of edges whose other end is anywhere.</param>
    /// <param name="seed">The same seed makes the same graph.</param>
    public static Graph Create(int vertices, int communities, int degree, double outside, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vertices / communities, degree + 1);
        var random = new Random(seed);
        var edges = new HashSet<(int, int)>();
        int wanted = vertices * degree / 2;
        while (edges.Count < wanted)
        {
            int one = random.Next(vertices);
            int two = random.NextDouble() < outside ? random.Next(vertices) : (random.Next(vertices / communities) * communities) + (one % communities);
            if (one != two)
            {
                edges.Add((Math.Min(one, two), Math.Max(one, two)));
            }
        }

        return Graph.Create([.. Enumerable.Range(0, vertices).Select(static vertex => vertex.ToString(CultureInfo.InvariantCulture))], edges);
    }
}
