using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Wires.Tests.Analyzers.Harness;

/// <summary>A source whose expected findings are marked: <c>[|span|]</c> for the rule under test, <c>{|WIRE1001:span|}</c> for a named one.</summary>
internal sealed record Markup(string Source, IReadOnlyList<(TextSpan Span, string? Id)> Findings)
{
    public static Markup Parse(string marked)
    {
        var source = new StringBuilder(marked.Length);
        var findings = new List<(TextSpan, string?)>();
        var open = new Stack<(int Start, string? Id)>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (At("[|"))
            {
                open.Push((source.Length, null));
                i++;
            }
            else if (At("{|WIRE"))
            {
                int colon = marked.IndexOf(':', i);
                open.Push((source.Length, marked[(i + 2)..colon]));
                i = colon;
            }
            else if (open.Count > 0 && At(open.Peek().Id is null ? "|]" : "|}"))
            {
                (int start, string? id) = open.Pop();
                findings.Add((TextSpan.FromBounds(start, source.Length), id));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }

            bool At(string mark) => string.CompareOrdinal(marked, i, mark, 0, mark.Length) == 0;
        }

        return open.Count == 0
            ? new Markup(source.ToString(), findings)
            : throw new ArgumentException($"A span that opens at {open.Peek().Start} is never closed.", nameof(marked));
    }

    /// <summary>The source with a line of <c>~~~~</c> and a note under each span.</summary>
    public static string Underline(string source, IEnumerable<(TextSpan Span, string Note)> spans)
    {
        SourceText text = SourceText.From(source);
        ILookup<int, (TextSpan Span, string Note)> byLine = spans.ToLookup(s => text.Lines.GetLineFromPosition(Math.Min(s.Span.Start, text.Length)).LineNumber);
        var shown = new StringBuilder();
        foreach (TextLine line in text.Lines)
        {
            shown.Append(line.ToString()).Append('\n');
            foreach ((TextSpan span, string note) in byLine[line.LineNumber])
            {
                int width = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
                shown.Append(' ', span.Start - line.Start).Append('~', width).Append(' ').Append(note).Append('\n');
            }
        }

        return shown.ToString();
    }
}
