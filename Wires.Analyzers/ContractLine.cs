using System.Globalization;
using System.Text;

namespace Wires.Analyzers;

/// <summary>
/// A line of the manifest: <c>Shop.Cart method Add(Shop.Line) -> void 0x0123456789ABCDEF</c> or <c>Shop.Cart state _lines: string[]</c>.
/// Each says all it says by itself, so that lines sort, merge and are reviewed one by one.
/// </summary>
internal sealed class ContractLine(string wire, string name, string type, ulong? identity)
{
    private const string Method = "method";
    private const string State = "state";
    private const string Returns = " -> ";
    private const string HasType = ": ";
    private const string Hex = " 0x";

    public string Wire => wire;

    /// <summary>The signature of a method, or the name of a field.</summary>
    public string Name => name;

    /// <summary>The result of a method, or the type of a field.</summary>
    public string Type => type;

    public ulong? Identity => identity;

    public bool IsMethod => identity is not null;

    public static bool IsRemark(string line) => line.Length == 0 || line[0] == '#';

    /// <summary>A line that is no remark; null if it is none of ours.</summary>
    public static ContractLine? Parse(string line)
    {
        string[] parts = line.Split([' '], 3);
        return parts.Length < 3 || Unescape(parts[0]) is not { } wire ? null
            : parts[1] switch
            {
                Method => ParseMethod(wire, parts[2]),
                State => ParseState(wire, parts[2]),
                _ => null,
            };
    }

    public override string ToString() => identity is { } id
        ? $"{Escape(wire)} {Method} {name}{Returns}{type}{Hex}{id.ToString("X16", CultureInfo.InvariantCulture)}"
        : $"{Escape(wire)} {State} {name}{HasType}{type}";

    private static ContractLine? ParseMethod(string wire, string text)
    {
        int hex = text.LastIndexOf(Hex, StringComparison.Ordinal);
        int arrow = hex < 0 ? -1 : text.LastIndexOf(Returns, hex, StringComparison.Ordinal);
        return arrow > 0 && arrow + Returns.Length < hex
            && ulong.TryParse(text.Substring(hex + Hex.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong identity)
                ? new ContractLine(wire, text.Substring(0, arrow), text.Substring(arrow + Returns.Length, hex - arrow - Returns.Length), identity)
                : null;
    }

    private static ContractLine? ParseState(string wire, string text)
    {
        int colon = text.IndexOf(HasType, StringComparison.Ordinal);
        return colon > 0 && colon + HasType.Length < text.Length
            ? new ContractLine(wire, text.Substring(0, colon), text.Substring(colon + HasType.Length).Trim(), identity: null)
            : null;
    }

    // [Wire(Name = …)] may hold any text.
    private static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '%' or '#')
            {
                text.Append('%').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string? Unescape(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != '%')
            {
                text.Append(name[i]);
            }
            else if (i + 5 <= name.Length && ushort.TryParse(name.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }
}
