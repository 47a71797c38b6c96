using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The name that a wire class or a <c>[Home]</c> interface has between nodes.</summary>
internal static class WireName
{
    /// <summary>The one that it was given; null where it has its full name, as interfaces always do.</summary>
    public static string? Chosen(INamedTypeSymbol type, WireCompilation wires)
    {
        if (WireCompilation.Find(type, wires.Types.Wire) is not { } attribute)
        {
            return null;
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (string.Equals(argument.Key, "Name", StringComparison.Ordinal))
            {
                return argument.Value.Value as string;
            }
        }

        return null;
    }

    public static string Full(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? Full(outer) + "+" + type.Name
        : type.ContainingNamespace.IsGlobalNamespace ? type.Name
        : type.ContainingNamespace.ToDisplayString() + "." + type.Name;
}
