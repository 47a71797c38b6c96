using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Generators.Serialization;

/// <summary>Prints types as generated code names them. Nullable annotations and tuple names are left out: they are no part of a type's identity.</summary>
internal sealed class TypeNames(WireRefLookup? refs, Func<ITypeParameterSymbol, string>? parameters = null)
{
    private readonly Dictionary<ITypeSymbol, string> _known = new(SymbolEqualityComparer.Default);

    public static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;

    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The type as its user knows it, for messages.</summary>
    public static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers));

    public string Of(ITypeSymbol type)
    {
        if (!_known.TryGetValue(type, out var name))
        {
            name = Print(type);
            _known.Add(type, name);
        }

        return name;
    }

    private string Print(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                // `int[][,]` is an array of int[,]: the outer rank comes first.
                var ranks = new StringBuilder();
                ITypeSymbol element = array;
                for (; element is IArrayTypeSymbol inner; element = inner.ElementType)
                {
                    ranks.Append('[').Append(',', inner.Rank - 1).Append(']');
                }

                return Of(element) + ranks;
            case IPointerTypeSymbol pointer:
                return Of(pointer.PointedAtType) + "*";
            case ITypeParameterSymbol parameter:
                return parameters?.Invoke(parameter) ?? Escape(parameter.Name);
            case IDynamicTypeSymbol:
                return "object";
            case INamedTypeSymbol named:
                return Print(named);
            default:
                return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }
    }

    private string Print(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Error && refs?.Invoke(type) is { } reference)
        {
            return reference + Arguments(type.TypeArguments);
        }

        if (type.SpecialType is not SpecialType.None && type.TypeArguments.IsEmpty)
        {
            return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && type.TypeArguments[0] is not ITypeParameterSymbol { HasValueTypeConstraint: false })
        {
            return Of(type.TypeArguments[0]) + "?";
        }

        if (type.IsTupleType && type.TupleElements.Length > 1)
        {
            return "(" + string.Join(", ", type.TupleElements.Select(e => Of(e.Type))) + ")";
        }

        var container = type.ContainingType is { } outer ? Of(outer)
            : type.ContainingNamespace is { IsGlobalNamespace: false } space ? "global::" + Namespace(space)
            : null;
        return (container is null ? "global::" : container + ".") + Escape(type.Name) + Arguments(type.TypeArguments);
    }

    private string Arguments(IReadOnlyList<ITypeSymbol> arguments) =>
        arguments.Count == 0 ? "" : "<" + string.Join(", ", arguments.Select(Of)) + ">";

    private static string Namespace(INamespaceSymbol space) => space.ContainingNamespace is { IsGlobalNamespace: false } outer
        ? Namespace(outer) + "." + Escape(space.Name)
        : Escape(space.Name);
}
