namespace SocialGraph.Graphs;

/// <summary>Reads edge lists: an edge a line, as the names of two vertices. Lines that begin with # or % are comments.</summary>
public static class EdgeListReader
{
    private const int MaxShown = 40;

    private static readonly char[] s_separators = [' ', '\t', ',', ';'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="EdgeListException">It is no edge list; the message has its name and the line.</exception>
    public static Graph ReadFile(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="EdgeListException">It is no edge list.</exception>
    public static Graph Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        var edges = new List<(int, int)>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            string[] words = line.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0 || words[0][0] is '#' or '%')
            {
                continue;
            }

            if (words.Length != 2)
            {
                string reason = words.Length == 1 ? "names one vertex only; an edge is between two" : "has more than two words; an edge is the names of two vertices, and weights are not supported";
                throw new EdgeListException($"{name}, line {number}: '{Shown(line)}' {reason}");
            }

            edges.Add((IndexOf(words[0]), IndexOf(words[1])));
        }

        Graph graph = Graph.Create(names, edges);
        return graph.Vertices > 0 ? graph : throw new EdgeListException($"{name}: there is no edge between two vertices in its {number} lines");

        int IndexOf(string vertex)
        {
            if (!indices.TryGetValue(vertex, out int index))
            {
                indices.Add(vertex, index = names.Count);
                names.Add(vertex);
            }

            return index;
        }
    }

    // What is no text must not garble a terminal.
    private static string Shown(string line)
    {
        string text = line.Trim();
        return new string([.. text.Take(MaxShown).Select(static c => char.IsControl(c) ? '?' : c)]) + (text.Length > MaxShown ? "…" : "");
    }
}
