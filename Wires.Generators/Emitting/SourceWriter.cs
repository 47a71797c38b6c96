using System.Text;

namespace Wires.Generators.Emitting;

/// <summary>Text with indentation. Templates of several lines are indented as a whole; blank lines stay empty.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new(4096);
    private int _depth;

    public SourceWriter Line(string text = "")
    {
        var start = 0;
        while (start <= text.Length)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length + 1 : end + 1;
            end = end < 0 ? text.Length : end;
            if (end > start && text[end - 1] == '\r')
            {
                end--;
            }

            if (end > start)
            {
                _text.Append(' ', _depth * 4).Append(text, start, end - start);
            }

            _text.Append('\n');
            start = next;
        }

        return this;
    }

    public SourceWriter Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }

        return this;
    }

    public SourceWriter Open()
    {
        Line("{");
        _depth++;
        return this;
    }

    public SourceWriter Close(string end = "}")
    {
        _depth--;
        return Line(end);
    }

    public SourceWriter Indent()
    {
        _depth++;
        return this;
    }

    public SourceWriter Outdent()
    {
        _depth--;
        return this;
    }

    public override string ToString() => _text.ToString();
}
