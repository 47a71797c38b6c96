using Wires.Generators.Serialization;

namespace Wires.Generators.Parsing;

/// <summary>Where the generated code stands that belongs to no class of the user's.</summary>
internal static class ModuleNames
{
    /// <summary>A namespace of the assembly's own: types of one name in two assemblies would clash where one sees the other's.</summary>
    public static string NamespaceOf(string? assembly)
    {
        var name = assembly ?? "";
        var parts = name.Split('.').Select(static part => new string([.. part.Select(static c => char.IsLetterOrDigit(c) ? c : '_')])).ToArray();
        var readable = string.Join(".", parts.Select(static part => part.Length == 0 || char.IsDigit(part[0]) ? "_" + part : Identifiers.EscapeType(part)));

        // `A-B` and `A_B` read the same.
        var isExact = string.Equals(string.Join(".", parts), name, StringComparison.Ordinal);
        return $"Wires.Generated.{readable}{(isExact ? "" : "_" + StableHash.Of(name))}";
    }
}
