namespace SocialGraph.Graphs;

/// <summary>An undirected graph without loops and parallel edges; every vertex has an edge.</summary>
public sealed class Graph
{
    private readonly string[] _names;
    private readonly int[][] _neighbours;

    private Graph(string[] names, int[][] neighbours) => (_names, _neighbours) = (names, neighbours);

    /// <summary>How many vertices.</summary>
    public int Vertices => _names.Length;

    /// <summary>How many edges.</summary>
    public int Edges => _neighbours.Sum(static of => of.Length) / 2;

    /// <summary>The most neighbours that a vertex has.</summary>
    public int MaxDegree => _neighbours.Max(static of => of.Length);

    /// <summary>Makes one.</summary>
    /// <param name="names">Of the vertices; those without an edge are left out.</param>
    /// <param name="edges">Between their indices.</param>
    public static Graph Create(IReadOnlyList<string> names, IReadOnlyCollection<(int One, int Two)> edges)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(edges);
        var sets = new SortedSet<int>?[names.Count];
        foreach ((int one, int two) in edges)
        {
            if (one != two)
            {
                (sets[one] ??= []).Add(two);
                (sets[two] ??= []).Add(one);
            }
        }

        int[] kept = [.. Enumerable.Range(0, names.Count).Where(vertex => sets[vertex] is not null)];
        int[] indices = new int[names.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            indices[kept[i]] = i;
        }

        return new Graph([.. kept.Select(vertex => names[vertex])], [.. kept.Select(vertex => sets[vertex]!.Select(other => indices[other]).ToArray())]);
    }

    /// <summary>What the file calls a vertex.</summary>
    public string NameOf(int vertex) => _names[vertex];

    /// <summary>A vertex' neighbours, ascending.</summary>
    public int[] NeighboursOf(int vertex) => _neighbours[vertex];
}
