using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Wires.Generators.Parsing;

namespace Wires.Generators.Serialization;

/// <summary>Prints types as generated code names them. Nullable annotations and tuple names are left out: they are no part of a type's identity.</summary>
internal sealed class IdentityNames(WireRefLookup? refs, Func<ITypeParameterSymbol, string>? parameters = null)
{
    private readonly Dictionary<ITypeSymbol, string> _known = new(SymbolEqualityComparer.Default);

    public static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;

    /// <summary>A namespace as what stands before a type's name.</summary>
    public static string Prefix(INamespaceSymbol? space) => space is null or { IsGlobalNamespace: true } ? "global::" : Prefix(space.ContainingNamespace) + Identifiers.EscapeType(space.Name) + ".";

    /// <summary>The type as its user knows it, for messages.</summary>
    public static string Display(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers));

    /// <summary>Whether the type is, or mentions, a ref that is yet to be generated, so that its name depends on where it is used.</summary>
    public bool MentionsPendingRef(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => MentionsPendingRef(array.ElementType),
        INamedTypeSymbol named => MayBePendingRef(named) || named.TypeArguments.Any(MentionsPendingRef)
            || (named.ContainingType is { } outer && MentionsPendingRef(outer)),
        _ => false,
    };

    /// <summary>The refs that are yet to be generated which the type is, or mentions.</summary>
    public IEnumerable<PendingRef> PendingRefsIn(ITypeSymbol type, ISymbol? usedBy)
    {
        if (type is IArrayTypeSymbol array)
        {
            return PendingRefsIn(array.ElementType, usedBy);
        }

        var inArguments = type is INamedTypeSymbol named ? named.TypeArguments.SelectMany(a => PendingRefsIn(a, usedBy)) : [];
        return PendingRef(type, usedBy) is { } reference ? inArguments.Prepend(reference) : inArguments;
    }

    /// <summary>The ref that is yet to be generated; null for everything else.</summary>
    public PendingRef? PendingRef(ITypeSymbol type, ISymbol? usedBy) =>
        type is INamedTypeSymbol named && MayBePendingRef(named) ? refs?.Invoke(named, usedBy) : null;

    /// <summary>`BRef?` means a nullable value, but an unknown name counts as a reference type and is merely annotated.</summary>
    public bool IsNullablePendingRef(ITypeSymbol type, ISymbol? usedBy) =>
        type is { TypeKind: TypeKind.Error, NullableAnnotation: NullableAnnotation.Annotated } && PendingRef(type, usedBy) is not null;

    public string Of(ITypeSymbol type, ISymbol? usedBy = null)
    {
        if (MentionsPendingRef(type))
        {
            return Print(type, usedBy);
        }

        if (!_known.TryGetValue(type, out var name))
        {
            name = Print(type, usedBy);
            _known.Add(type, name);
        }

        return name;
    }

    private bool MayBePendingRef(INamedTypeSymbol type) => refs is not null && (type.TypeKind == TypeKind.Error
        || (type is { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } && type.Name.EndsWith("Ref", StringComparison.Ordinal)));

    private string Print(ITypeSymbol type, ISymbol? usedBy)
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

                return Of(element, usedBy) + ranks;
            case IPointerTypeSymbol pointer:
                return Of(pointer.PointedAtType, usedBy) + "*";
            case ITypeParameterSymbol parameter:
                return parameters?.Invoke(parameter) ?? Identifiers.EscapeType(parameter.Name);
            case IDynamicTypeSymbol:
                return "object";
            case INamedTypeSymbol named:
                return Print(named, usedBy);
            default:
                return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }
    }

    private string Print(INamedTypeSymbol type, ISymbol? usedBy)
    {
        if (PendingRef(type, usedBy) is { } reference)
        {
            return reference.Name + Arguments(type.TypeArguments, usedBy) + (IsNullablePendingRef(type, usedBy) ? "?" : "");
        }

        if (type.SpecialType is not SpecialType.None && type.TypeArguments.IsEmpty)
        {
            return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return Of(type.TypeArguments[0], usedBy) + "?";
        }

        if (type.IsTupleType && type.TupleElements.Length > 1)
        {
            return "(" + string.Join(", ", type.TupleElements.Select(e => Of(e.Type, usedBy))) + ")";
        }

        var container = type.ContainingType is { } outer ? Of(outer, usedBy) + "." : Prefix(type.ContainingNamespace);
        return container + Identifiers.EscapeType(type.Name) + Arguments(type.TypeArguments, usedBy);
    }

    private string Arguments(IReadOnlyList<ITypeSymbol> arguments, ISymbol? usedBy) =>
        arguments.Count == 0 ? "" : "<" + string.Join(", ", arguments.Select(a => Of(a, usedBy))) + ">";
}
