using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Analyzers;

/// <summary>Tells from the text of a file whether it can name any of some identifiers, which takes a small part of what a walk over its syntax takes.</summary>
/// <remarks>It may say yes too often: words in comments count, and so do two words of one hash.</remarks>
internal sealed class WordSet
{
    // FNV-1a: it takes one character at a time, so no word has to be cut out of the text.
    private const int Seed = unchecked((int)2166136261);
    private const int Prime = 16777619;

    private readonly HashSet<int> _hashes = [];

    public WordSet(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            int hash = Seed;
            foreach (char c in word)
            {
                hash = Add(hash, c);
            }

            _hashes.Add(hash);
        }
    }

    public bool IsIn(SyntaxTree tree, CancellationToken cancellation) => _hashes.Count > 0 && IsIn(tree.GetText(cancellation).ToString());

    public bool IsIn(string text)
    {
        int hash = Seed;
        bool isWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (IsPart(c))
            {
                hash = Add(hash, c);
                isWord = true;
            }
            else
            {
                if ((isWord && _hashes.Contains(hash)) || MayHideWord(text, i))
                {
                    return true;
                }

                hash = Seed;
                isWord = false;
            }
        }

        return isWord && _hashes.Contains(hash);
    }

    // An identifier may be written with escapes, or with characters that do not count.
    private static bool MayHideWord(string text, int at) =>
        text[at] == '\\' ? at + 1 < text.Length && text[at + 1] is 'u' or 'U'
        : text[at] >= 128 && char.GetUnicodeCategory(text[at]) == UnicodeCategory.Format;

    private static bool IsPart(char c) =>
        c < 128 ? c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'
        : SyntaxFacts.IsIdentifierPartCharacter(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format;

    private static int Add(int hash, char c) => unchecked((hash ^ c) * Prime);
}
