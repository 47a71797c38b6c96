using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>Spells types for the manifest, without what does not change the format: nullability of references, names of tuple elements and of type parameters.</summary>
internal static class ContractTypes
{
    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted).WithGenericsOptions(SymbolDisplayGenericsOptions.None);

    public static string Text(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Text(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        ITypeParameterSymbol parameter => "!" + parameter.Ordinal,
        IDynamicTypeSymbol => "object",
        INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple => "(" + string.Join(",", tuple.TupleElements.Select(static e => Text(e.Type))) + ")",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Text(nullable.TypeArguments[0]) + "?",
        INamedTypeSymbol { ContainingType: { } outer } nested => Text(outer) + "." + nested.Name + Arguments(nested),
        INamedTypeSymbol named => named.ToDisplayString(Plain) + Arguments(named),
        _ => type.ToDisplayString(Plain),
    };

    /// <summary>Whether all parts of a type are found.</summary>
    public static bool IsKnown(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        INamedTypeSymbol named => named.TypeKind != TypeKind.Error && named.TypeArguments.All(IsKnown),
        _ => true,
    };

    private static string Arguments(INamedTypeSymbol type) => type.TypeArguments.IsEmpty ? "" : "<" + string.Join(",", type.TypeArguments.Select(Text)) + ">";
}
