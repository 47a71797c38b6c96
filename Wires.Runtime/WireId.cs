using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wires;

/// <summary>The identity of a wire in its cluster: the name of its type and its key.</summary>
/// <param name="Type">The name of the wire type.</param>
/// <param name="Key">The key among the wires of that type.</param>
public readonly record struct WireId(string Type, WireKey Key)
{
    /// <summary><c>Type/key</c>, with no mark of the key's kind.</summary>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>
    /// <c>Type/key</c>, as <see cref="Parse"/> reads it: a key that is a string and looks like an integer or a <see cref="Guid"/>, or begins with a quotation mark, stands in quotation marks.
    /// </summary>
    public string ToParsable() => Key.TryGetString(out string? text) && (text[0] == '"' || !ParseKey(text).TryGetString(out _)) ? $"{Type}/\"{text}\"" : ToString();

    /// <summary>Reads <c>Type/key</c>: <c>Account/alice</c> (string), <c>Room/42</c> (long), <c>Cart/018f3a6e-…</c> (Guid), <c>Room/"42"</c> (string).</summary>
    /// <exception cref="FormatException">It is no identity of a wire.</exception>
    public static WireId Parse(string text) => TryParse(text, out WireId id) ? id : throw new FormatException($"'{text}' is no wire: it must be Type/key, as Account/alice.");

    /// <summary>As <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out WireId id)
    {
        int slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        string key = slash > 0 ? text![(slash + 1)..] : "";
        bool isQuoted = key is ['"', .., '"'];
        if (key.Length == 0 || (isQuoted && key.Length < 3))
        {
            id = default;
            return false;
        }

        id = new WireId(text![..slash], isQuoted ? new WireKey(key[1..^1]) : ParseKey(key));
        return true;
    }

    // Only what an integer or a Guid prints as itself: "007" and "+1" are strings.
    private static WireKey ParseKey(string key) =>
        long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number.ToString(CultureInfo.InvariantCulture) == key ? new WireKey(number)
        : Guid.TryParseExact(key, "D", out Guid guid) ? new WireKey(guid)
        : new WireKey(key);
}
