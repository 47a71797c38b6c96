using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Generators.Parsing;

/// <summary>Names as C# source spells them.</summary>
internal static class Identifiers
{
    /// <summary>A member or parameter: only reserved words need the sign.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name is not "await" ? name : "@" + name;

    /// <summary>A type or namespace: words such as <c>record</c> and <c>var</c> are not names of types either.</summary>
    public static string EscapeType(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary><paramref name="name"/>, or the first variation of it that is not taken.</summary>
    public static string Unused(string name, ICollection<string> taken)
    {
        while (taken.Contains(name))
        {
            name += "_";
        }

        return name;
    }
}
