using System.Collections.Immutable;
using System.Globalization;
using Wires.Generators.Identity;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Names of generated files. The compiler compares them without regard to case and throws on a second one, so clashes get a mark.</summary>
internal static class HintNames
{
    /// <summary>Names that more than one wire class would take; nearly always none.</summary>
    public static EquatableArray<string> Clashing(ImmutableArray<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var clashing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                clashing.Add(name.ToUpperInvariant());
            }
        }

        return clashing.Count == 0 ? EquatableArray<string>.Empty : new EquatableArray<string>(clashing);
    }

    public static string FileOf(WireModel wire, EquatableArray<string> clashing)
    {
        var isClashing = clashing.Count > 0 && clashing.Contains(wire.HintName.ToUpperInvariant(), StringComparer.Ordinal);
        return $"{wire.HintName}{(isClashing ? Mark(wire.MetadataName) : "")}.g.cs";
    }

    /// <summary>Always marked: such interfaces are few, and their files are nobody's reading.</summary>
    public static string FileOf(HomeModel home) => $"{home.HintName}{Mark(home.MetadataName)}.g.cs";

    private static string Mark(string metadataName) => "-" + SignatureHash.Of(metadataName).ToString("x16", CultureInfo.InvariantCulture);
}
