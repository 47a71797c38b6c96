using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>Recognises types by name: cheaper than looking them up in every compilation, and right for types that are errors yet.</summary>
internal static class KnownSymbols
{
    public static bool Is(this ITypeSymbol? type, string @namespace, string name) =>
        type is not null && string.Equals(type.Name, name, StringComparison.Ordinal) && type.ContainingType is null && IsNamespace(type.ContainingNamespace, @namespace);

    public static bool IsIn(this ITypeSymbol type, string @namespace) => IsNamespace(type.ContainingNamespace, @namespace);

    public static AttributeData? FindWiresAttribute(this ISymbol symbol, string name) => symbol.FindAttribute("Wires", name);

    public static AttributeData? FindAttribute(this ISymbol symbol, string @namespace, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(@namespace, name))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool IsWireClass(this INamedTypeSymbol type) => type.TypeKind == TypeKind.Class && type.FindWiresAttribute("WireAttribute") is not null;

    public static bool IsHomeInterface(this ITypeSymbol type) => type.TypeKind == TypeKind.Interface && type.FindWiresAttribute("HomeAttribute") is not null;

    public static bool IsCancellationToken(this ITypeSymbol type) => type.Is("System.Threading", "CancellationToken");

    /// <summary>Whether the type is, or is constructed from, an interface of this name.</summary>
    public static bool Implements(this ITypeSymbol type, string @namespace, string name)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Is(@namespace, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamespace(INamespaceSymbol? symbol, string name)
    {
        var end = name.Length;
        while (symbol is { IsGlobalNamespace: false })
        {
            var part = symbol.Name;
            var start = end - part.Length;
            if (start < 0 || string.CompareOrdinal(name, start, part, 0, part.Length) != 0)
            {
                return false;
            }

            symbol = symbol.ContainingNamespace;
            if (start == 0)
            {
                return symbol is null or { IsGlobalNamespace: true };
            }

            if (name[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }
}
