using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

internal static class SourceTypes
{
    /// <summary>All types under a namespace or type, nested ones included.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (inner is INamedTypeSymbol type)
                {
                    yield return type;
                }

                foreach (INamedTypeSymbol nested in Of(inner))
                {
                    yield return nested;
                }
            }
        }
    }
}
