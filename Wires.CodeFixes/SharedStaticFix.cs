using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE1001: makes a static field of the wire a constant, readonly, a frozen collection or an instance field, whichever compile.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SharedStaticFix() : WireFix(RuleIds.SharedStatic, "Make it an instance field")
{
    public const string Const = RuleIds.SharedStatic + ".Const";
    public const string Readonly = RuleIds.SharedStatic + ".Readonly";
    public const string Frozen = RuleIds.SharedStatic + ".Frozen";
    public const string Instance = RuleIds.SharedStatic;

    private static readonly FixChoice[] All =
        [new(Const, "Make it const", isTried: true), new(Readonly, "Make it readonly", isTried: true), new(Frozen, "Make it a frozen collection", isTried: true), new(Instance, "Make it an instance field")];

    private protected override IEnumerable<FixChoice> Choices(Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(SharedStatic.IsOwnField) ? All : [];

    // All uses of a field, and all fields of a declaration, are answered by one edit.
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => Declaration(editor, node) ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic, string choice)
    {
        if (!diagnostic.Properties.ContainsKey(SharedStatic.IsOwnField) || Declaration(editor, node) is not { } declaration || declaration.SyntaxTree != node.SyntaxTree
            || editor.SemanticModel.GetSymbolInfo(node).Symbol is not IFieldSymbol field)
        {
            return false;
        }

        return choice switch
        {
            Const => IsAllHere(field) && MakeConst(editor, declaration, field),
            Readonly => IsAllHere(field) && MakeReadonly(editor, declaration, field),
            Frozen => IsAllHere(field) && FrozenField.Make(editor, declaration, field),
            _ => MakeInstance(editor, declaration),
        };
    }

    private static bool MakeConst(DocumentEditor editor, FieldDeclarationSyntax declaration, IFieldSymbol field)
    {
        if (field.Type.SpecialType is SpecialType.None && field.Type.TypeKind != TypeKind.Enum
            || !declaration.Declaration.Variables.All(v => v.Initializer is { } initializer && editor.SemanticModel.GetConstantValue(initializer.Value).HasValue))
        {
            return false;
        }

        editor.ReplaceNode(declaration, static (current, _) =>
        {
            var changed = (FieldDeclarationSyntax)current;
            SyntaxToken first = changed.Modifiers.First(static m => m.IsKind(SyntaxKind.StaticKeyword));
            return changed.WithModifiers(SyntaxFactory.TokenList(changed.Modifiers
                .Where(static m => !m.IsKind(SyntaxKind.ReadOnlyKeyword) && !m.IsKind(SyntaxKind.VolatileKeyword))
                .Select(m => m == first ? SyntaxFactory.Token(SyntaxKind.ConstKeyword).WithTriviaFrom(m) : m)));
        });
        return true;
    }

    // A collection that is readonly can change all the same.
    private static bool MakeReadonly(DocumentEditor editor, FieldDeclarationSyntax declaration, IFieldSymbol field)
    {
        if (field.IsReadOnly || field.IsVolatile || WireCompilation.Of(editor.SemanticModel.Compilation, default) is not { } wires || new SharedStatics(wires, []).IsMutable(field.Type))
        {
            return false;
        }

        editor.ReplaceNode(declaration, static (current, _) => WithReadonly((FieldDeclarationSyntax)current));
        return true;
    }

    internal static FieldDeclarationSyntax WithReadonly(FieldDeclarationSyntax field) =>
        field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) ? field
            : field.WithModifiers(field.Modifiers.Add(SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(SyntaxFactory.Space)));

    private static bool MakeInstance(DocumentEditor editor, FieldDeclarationSyntax declaration)
    {
        if (!declaration.Declaration.Variables.All(v => AllUsesHaveAnInstance(editor, v)))
        {
            return false;
        }

        editor.ReplaceNode(
            declaration,
            static (current, _) =>
            {
                var field = (FieldDeclarationSyntax)current;
                SyntaxTriviaList leading = field.GetLeadingTrivia();
                return field.WithModifiers(SyntaxFactory.TokenList(field.Modifiers.Where(m => !m.IsKind(SyntaxKind.StaticKeyword)))).WithLeadingTrivia(leading);
            });
        return true;
    }

    private static FieldDeclarationSyntax? Declaration(DocumentEditor editor, SyntaxNode node) =>
        editor.SemanticModel.GetSymbolInfo(node).Symbol is IFieldSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            ? references[0].GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>()
            : null;

    // Generated parts name no private field of the user's; those of other files might.
    private static bool IsAllHere(IFieldSymbol field)
    {
        SyntaxTree tree = field.DeclaringSyntaxReferences[0].SyntaxTree;
        return field.ContainingType.DeclaringSyntaxReferences.All(r =>
            r.SyntaxTree == tree || !r.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == field.Name));
    }

    private static bool AllUsesHaveAnInstance(DocumentEditor editor, VariableDeclaratorSyntax variable)
    {
        if (editor.SemanticModel.GetDeclaredSymbol(variable) is not IFieldSymbol field)
        {
            return false;
        }

        foreach (SyntaxReference part in field.ContainingType.DeclaringSyntaxReferences)
        {
            SyntaxNode type = part.GetSyntax();
            SemanticModel model = editor.SemanticModel.Compilation.GetSemanticModel(type.SyntaxTree);
            foreach (IdentifierNameSyntax name in type.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (string.Equals(name.Identifier.ValueText, field.Name, StringComparison.Ordinal)
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, field)
                    && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name || !HasInstance(model, name, field)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasInstance(SemanticModel model, IdentifierNameSyntax name, IFieldSymbol field)
    {
        for (ISymbol? symbol = model.GetEnclosingSymbol(name.SpanStart); symbol is not null and not INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            // Initializers of fields run before there is an instance to speak of.
            if (symbol.IsStatic || symbol is IFieldSymbol or IPropertySymbol)
            {
                return false;
            }

            if (symbol.ContainingSymbol is INamedTypeSymbol type)
            {
                return SymbolEqualityComparer.Default.Equals(type, field.ContainingType);
            }
        }

        return false;
    }
}
