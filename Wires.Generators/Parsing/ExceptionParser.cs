using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Finds exception classes that can be rebuilt at the caller from their message alone.</summary>
internal static class ExceptionParser
{
    private static readonly Memo<ExceptionModel> Known = new();

    /// <summary>Runs on every node of a changed file: looks at the syntax alone.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is ClassDeclarationSyntax { BaseList.Types: { Count: > 0 } bases, TypeParameterList: null, Identifier.ValueText: var name } type
        && (name.EndsWith("Exception", StringComparison.Ordinal) || WireSyntax.SimpleName(bases[0].Type).EndsWith("Exception", StringComparison.Ordinal))
        && !type.Modifiers.Any(SyntaxKind.AbstractKeyword);

    public static ExceptionModel? Parse(SyntaxNode node, Compilation compilation, CancellationToken cancellation) =>
        Known.Get(node, compilation, static (node, model, cancellation) => ParseNode((ClassDeclarationSyntax)node, model, cancellation), cancellation);

    private static Parsed<ExceptionModel> ParseNode(ClassDeclarationSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(node, cancellation) is not { IsAbstract: false, IsGenericType: false, IsFileLocal: false } type || !IsException(type))
        {
            return default;
        }

        // Whether a base class captures a parameter of its primary constructor is said by its code.
        return new Parsed<ExceptionModel>(ParseType(type, model.Compilation), type.BaseType?.Locations.Any(static l => l.IsInSource) == false);
    }

    private static ExceptionModel? ParseType(INamedTypeSymbol type, Compilation compilation)
    {
        if (HasFields(type))
        {
            return null;
        }

        var scope = new MemberScope(compilation, type, wire: null);
        if (TypeNames.Code(type, scope) is not { } name)
        {
            return null;
        }

        bool? takesInner = null;
        foreach (var constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
                || constructor.Parameters.Length == 0 || constructor.Parameters[0].Type.SpecialType != SpecialType.System_String)
            {
                continue;
            }

            takesInner = constructor.Parameters.Length switch
            {
                1 => takesInner ?? false,
                2 when constructor.Parameters[1].Type.Is("System", "Exception") => true,
                _ => takesInner,
            };
        }

        return takesInner is { } takes ? new ExceptionModel(name, takes) : null;
    }

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (level.Is("System", "Exception"))
            {
                return true;
            }
        }

        return false;
    }

    // A field of its own would come back empty: such an exception arrives as WireCallException, which says so.
    private static bool HasFields(INamedTypeSymbol type)
    {
        for (var level = type; level is not null && level.Locations.Length > 0 && level.Locations[0].IsInSource; level = level.BaseType)
        {
            if (level.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }
}
