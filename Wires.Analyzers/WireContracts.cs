using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Wires.Analyzers;

/// <summary>The checked-in manifest: what the wires of a project have promised to other nodes and to stored state.</summary>
internal sealed class WireContracts
{
    public const string FileName = "WireContracts.txt";

    // An edit of code leaves the text alone, so the manifest is read once for as long as it does not change.
    private static readonly ConditionalWeakTable<SourceText, WireContracts> Known = new();

    private readonly ILookup<string, ContractLine> _byWire;

    private WireContracts(SourceText text)
    {
        var lines = new List<(ContractLine Line, TextSpan Span)>();
        ImmutableArray<(TextSpan Span, string Problem)>.Builder wrong = ImmutableArray.CreateBuilder<(TextSpan, string)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TextLine line in text.Lines)
        {
            string content = line.ToString().Trim();
            if (ContractLine.IsRemark(content))
            {
                continue;
            }

            if (ContractLine.Parse(content) is not { } parsed)
            {
                wrong.Add((line.Span, $"This line of {FileName} is neither '<wire> method <signature> -> <result> 0x<identity>' nor '<wire> state <field>: <type>'; correct it, or let the code fix write it"));
            }
            else if (seen.TryGetValue(Key(parsed), out int first))
            {
                // A merge of two branches leaves both versions of a line.
                wrong.Add((line.Span, $"'{parsed.Name}' of wire '{parsed.Wire}' stands in line {first} of {FileName} already; keep one of the two"));
            }
            else
            {
                seen.Add(Key(parsed), line.LineNumber + 1);
                lines.Add((parsed, line.Span));
            }
        }

        Lines = lines.ToImmutableArray();
        Malformed = wrong.ToImmutable();
        _byWire = Lines.ToLookup(static l => l.Line.Wire, static l => l.Line, StringComparer.Ordinal);
    }

    public ImmutableArray<(ContractLine Line, TextSpan Span)> Lines { get; }

    public ImmutableArray<(TextSpan Span, string Problem)> Malformed { get; }

    public static WireContracts? Of(AnalyzerOptions options, CancellationToken cancellation)
    {
        foreach (AdditionalText file in options.AdditionalFiles)
        {
            if (IsManifest(file.Path) && file.GetText(cancellation) is { } text)
            {
                return Of(text);
            }
        }

        return null;
    }

    public static WireContracts Of(SourceText text) => Known.GetValue(text, static t => new WireContracts(t));

    public static bool IsManifest(string? path) => string.Equals(Path.GetFileName(path), FileName, StringComparison.OrdinalIgnoreCase);

    public IEnumerable<ContractLine> LinesOf(string wire) => _byWire[wire];

    private static string Key(ContractLine line) => $"{line.Wire} {(line.IsMethod ? "m" : "s")} {line.Name}";
}
