using System.Globalization;

namespace Wires.Simulator;

/// <summary>Who talks to whom: undirected, each edge carries the same number of messages.</summary>
internal sealed class CommunicationGraph
{
    private readonly int[] _starts;
    private readonly int[] _others;

    private CommunicationGraph(int vertices, List<(int One, int Two)> edges)
    {
        _starts = new int[vertices + 1];
        foreach ((int one, int two) in edges)
        {
            _starts[one + 1]++;
            _starts[two + 1]++;
        }

        for (int i = 0; i < vertices; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        _others = new int[edges.Count * 2];
        int[] next = [.. _starts];
        foreach ((int one, int two) in edges)
        {
            _others[next[one]++] = two;
            _others[next[two]++] = one;
        }
    }

    public int Vertices => _starts.Length - 1;

    public int Edges => _others.Length / 2;

    public ReadOnlySpan<int> Of(int vertex) => _others.AsSpan(_starts[vertex], _starts[vertex + 1] - _starts[vertex]);

    /// <summary>Two numbers a line; lines that begin with # are comments.</summary>
    public static CommunicationGraph Read(TextReader reader)
    {
        var indexOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var edges = new HashSet<(int, int)>();
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0].StartsWith('#'))
            {
                continue;
            }

            int one = IndexOf(words[0]);
            int two = IndexOf(words[1]);
            if (one != two)
            {
                edges.Add((Math.Min(one, two), Math.Max(one, two)));
            }
        }

        return new CommunicationGraph(indexOf.Count, [.. edges]);

        int IndexOf(string name)
        {
            if (!indexOf.TryGetValue(name, out int index))
            {
                indexOf[name] = index = indexOf.Count;
            }

            return index;
        }
    }

    /// <summary>Communities of equal size; most of a vertex' edges stay in its own (a planted partition).</summary>
    /// <param name="vertices">How many.</param>
    /// <param name="communities">How many; vertex v is in community v modulo this.</param>
    /// <param name="degree">Edges of a vertex, mean.</param>
    /// <param name="outside">The share of edges that lead to other communities.</param>
    /// <param name="random">Where randomness comes from.</param>
    public static CommunicationGraph Planted(int vertices, int communities, int degree, double outside, Random random)
    {
        var edges = new HashSet<(int, int)>();
        long wanted = (long)vertices * degree / 2;
        while (edges.Count < wanted)
        {
            int one = random.Next(vertices);
            int two = random.NextDouble() < outside ? random.Next(vertices) : (random.Next(vertices / communities) * communities) + (one % communities);
            if (one != two && two < vertices)
            {
                edges.Add((Math.Min(one, two), Math.Max(one, two)));
            }
        }

        return new CommunicationGraph(vertices, [.. edges.Order()]);
    }

    /// <summary>The share of edges between nodes.</summary>
    public double RemoteShare(Func<int, long> nodeOf)
    {
        long remote = 0;
        for (int vertex = 0; vertex < Vertices; vertex++)
        {
            long node = nodeOf(vertex);
            foreach (int other in Of(vertex))
            {
                remote += nodeOf(other) == node ? 0 : 1;
            }
        }

        return _others.Length == 0 ? 0 : (double)remote / _others.Length;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Vertices} vertices, {Edges} edges");
}
