using System.Text.RegularExpressions;

namespace Wires.Tests.Docs;

/// <summary>A <c>csharp</c> block of a page, with the section that it stands in.</summary>
/// <remarks>
/// A block is compiled by itself, as a file of a project with implicit usings. What it leaves out stands in a prelude, a file of <c>Docs/Preludes</c>
/// that a comment in the line before the block names: <c>&lt;!-- prelude: account --&gt;</c>. A prelude with a line <c>// snippet</c> is put round the
/// block, any other one is compiled beside it.
/// </remarks>
internal sealed partial record Snippet(string Page, int Line, string Section, string? Prelude, string Code)
{
    public string Name => $"{Page}:{Line}";

    public static IEnumerable<Snippet> All() => Pages().SelectMany(Read);

    /// <summary>All pages, by their path from the repository's root.</summary>
    public static IEnumerable<string> Pages() => System.IO.Directory.GetFiles(Repository.Root, "*.md")
        .Concat(System.IO.Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
        .Select(static path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of the prelude, if there is one.</summary>
    public string? PreludeText() => Prelude is null ? null : File.ReadAllText(Repository.PathOf("Wires.Tests", "Docs", "Preludes", Prelude + ".cs"));

    private static IEnumerable<Snippet> Read(string page)
    {
        var lines = File.ReadAllLines(Repository.PathOf(page));
        var section = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#'))
            {
                section = lines[i].TrimStart('#', ' ');
            }

            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var start = i + 1;
            var end = Array.FindIndex(lines, start, static line => line.StartsWith("```", StringComparison.Ordinal));
            if (end < 0)
            {
                throw new InvalidDataException($"{page}:{start}: the block does not end.");
            }

            if (lines[i] is "```csharp")
            {
                var prelude = i > 0 && PreludeComment().Match(lines[i - 1]) is { Success: true } match ? match.Groups[1].Value : null;
                yield return new Snippet(page, start, section, prelude, string.Join('\n', lines[start..end]));
            }

            i = end;
        }
    }

    [GeneratedRegex("^<!-- prelude: ([a-z-]+) -->$")]
    private static partial Regex PreludeComment();
}
