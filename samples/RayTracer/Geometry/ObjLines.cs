using System.Globalization;
using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>The lines of an OBJ or MTL file, word by word. Comments are left out, lines that end in a backslash are joined.</summary>
internal sealed class ObjLines(string file, TextReader reader)
{
    private static readonly char[] s_blanks = [' ', '\t'];
    private string _line = "";
    private int _at;
    private int _next = 1;

    /// <summary>The number of the current line, from 1; of joined lines the first.</summary>
    public int Number { get; private set; }

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (reader.ReadLine() is not { } line)
        {
            return false;
        }

        Number = _next++;
        while (line.EndsWith('\\') && reader.ReadLine() is { } rest)
        {
            line = string.Concat(line.AsSpan(0, line.Length - 1), " ", rest);
            _next++;
        }

        int comment = line.IndexOf('#', StringComparison.Ordinal);
        _line = comment < 0 ? line : line[..comment];
        _at = 0;
        return true;
    }

    /// <summary>The next word of the line; empty at its end.</summary>
    public ReadOnlySpan<char> Word()
    {
        ReadOnlySpan<char> rest = _line.AsSpan(_at);
        int start = rest.IndexOfAnyExcept(s_blanks);
        if (start < 0)
        {
            _at = _line.Length;
            return [];
        }

        rest = rest[start..];
        int length = rest.IndexOfAny(s_blanks);
        length = length < 0 ? rest.Length : length;
        _at += start + length;
        return rest[..length];
    }

    /// <summary>All that is left of the line: names may have blanks in them.</summary>
    public string Rest()
    {
        string rest = _line[_at..].Trim();
        _at = _line.Length;
        return rest;
    }

    /// <summary>The next word as a number.</summary>
    public float Number32(string what)
    {
        ReadOnlySpan<char> word = Word();
        return word.IsEmpty ? throw Error($"{what} is missing")
            : float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value
            : throw Error($"'{word}' is no finite number ({what})");
    }

    /// <summary>The next three words as numbers.</summary>
    public Vector3 Vector(string what) => new(Number32($"x of {what}"), Number32($"y of {what}"), Number32($"z of {what}"));

    /// <summary>A problem of the current line.</summary>
    public ObjFormatException Error(string problem) => new(file, Number, problem);
}
