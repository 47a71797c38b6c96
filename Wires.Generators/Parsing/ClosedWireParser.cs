using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds the closed types of generic wires: a node can only bring to life what some assembly on it has named.</summary>
internal static class ClosedWireParser
{
    private static readonly Memo<ClosedWireModel> Known = new();

    /// <summary>Runs on every node of a changed file: looks at the syntax alone.</summary>
    public static bool IsCandidate(SyntaxNode node) => node switch
    {
        GenericNameSyntax generic => MayBeRef(generic),
        QualifiedNameSyntax { Right: IdentifierNameSyntax right, Left: var left } => MayBeRef(right) && IsGeneric(left),
        _ => false,
    };

    private static bool MayBeRef(SimpleNameSyntax name) =>
        name.Identifier.ValueText is { } text && text.Length > RefResolver.Suffix.Length && text.EndsWith(RefResolver.Suffix, StringComparison.Ordinal);

    // `Outer<int>.InnerRef` closes a wire that has no type parameters of its own.
    private static bool IsGeneric(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right is GenericNameSyntax || IsGeneric(qualified.Left),
        AliasQualifiedNameSyntax alias => alias.Name is GenericNameSyntax,
        _ => name is GenericNameSyntax,
    };

    public static ClosedWireModel? Parse(SyntaxNode node, Compilation compilation, CancellationToken cancellation) =>
        Known.Get(node, compilation, static (node, model, cancellation) => new Parsed<ClosedWireModel>(ParseName((NameSyntax)node, model, cancellation)), cancellation);

    private static ClosedWireModel? ParseName(NameSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(node, cancellation).Type is not INamedTypeSymbol type || type.IsUnboundGenericType)
        {
            return null;
        }

        var scope = new MemberScope(model, node.SpanStart);
        if (FindWire(type, scope) is not { } wire)
        {
            return null;
        }

        var arguments = wire.ContainingType is { } outer ? WireNames.AllTypeArguments(outer) : [];
        arguments.AddRange(type.TypeArguments);
        if (arguments.Exists(IsOpen)
            || TypeNames.Code(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), scope) is not { } refName
            || WireNames.Expression(wire, wire.FindWiresAttribute("WireAttribute"), arguments, scope) is not { } name)
        {
            return null;
        }

        return new ClosedWireModel(name, refName);
    }

    private static INamedTypeSymbol? FindWire(INamedTypeSymbol type, MemberScope scope)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return RefResolver.FindWire(type, scope);
        }

        // The ref of another assembly: its wire class stands beside it.
        if (!RefResolver.IsRef(type, scope))
        {
            return null;
        }

        var name = type.Name.Substring(0, type.Name.Length - RefResolver.Suffix.Length);
        return ((INamespaceOrTypeSymbol)type.ContainingSymbol).GetTypeMembers(name, type.Arity).FirstOrDefault(static t => t.IsWireClass());
    }

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };
}
