using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The name that a wire class has between nodes.</summary>
internal static class WireName
{
    public static string? Chosen(INamedTypeSymbol type, WireCompilation wires)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in WireCompilation.Find(type, wires.Types.Wire)!.NamedArguments)
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
