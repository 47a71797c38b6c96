using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE1001: makes a static field of the wire an instance field, where all its uses have an instance at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SharedStaticFix() : WireFix(RuleIds.SharedStatic, "Make it an instance field")
{
    // All uses of a field, and all fields of a declaration, are answered by one edit.
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => Declaration(editor, node) ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(SharedStatic.IsOwnField) || Declaration(editor, node) is not { } declaration
            || declaration.SyntaxTree != node.SyntaxTree
            || !declaration.Declaration.Variables.All(v => AllUsesHaveAnInstance(editor, v)))
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
