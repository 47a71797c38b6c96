using System.Buffers;

namespace Wires.Directories;

/// <summary>The key of a deputy: the node that it stands at, and the wire that it stands for. <c>node1/Account/alice</c>.</summary>
internal static class DeputyKey
{
    private static readonly SearchValues<char> s_escaped = SearchValues.Create("/%");

    public static WireKey Of(string home, WireId wire) => new($"{Escape(home)}/{wire.ToParsable()}");

    /// <summary>Whether the deputy stands at a node.</summary>
    public static bool IsAt(WireKey key, string node) => key.TryGetString(out string? text) && text.AsSpan(0, EndOfHome(text)).SequenceEqual(Escape(node));

    /// <summary>The name of the node, for people.</summary>
    public static string HomeOf(WireKey key)
    {
        string text = key.ToString();
        return Uri.UnescapeDataString(text[..EndOfHome(text)]);
    }

    /// <summary>The wire, for people.</summary>
    public static string WireOf(WireKey key)
    {
        string text = key.ToString();
        return text[Math.Min(text.Length, EndOfHome(text) + 1)..];
    }

    // Other nodes may send any key.
    private static int EndOfHome(string text) => text.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : text.Length;

    // A name is any text. Most need nothing, and are looked at for every call to another node.
    private static string Escape(string name) => !name.AsSpan().ContainsAny(s_escaped) ? name
        : name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
