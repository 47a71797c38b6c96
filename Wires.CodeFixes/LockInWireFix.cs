using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE1007: takes the lock away and keeps what it guarded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LockInWireFix() : WireFix(RuleIds.LockInWire, "Remove the lock")
{
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => node.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(LockInWire.CanRemove))
        {
            return false;
        }

        if (node.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field)
        {
            editor.ReplaceNode(field, static (current, _) => WithoutVolatile((FieldDeclarationSyntax)current));
            return true;
        }

        if (node is LockStatementSyntax { Parent: BlockSyntax } locked)
        {
            return Unwrap(editor, locked);
        }

        return node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && Replace(editor, call);
    }

    private static FieldDeclarationSyntax WithoutVolatile(FieldDeclarationSyntax field)
    {
        SyntaxTriviaList leading = field.GetLeadingTrivia();
        var modifiers = SyntaxFactory.TokenList(field.Modifiers.Where(m => !m.IsKind(SyntaxKind.VolatileKeyword)));
        return field.WithModifiers(modifiers).WithLeadingTrivia(leading);
    }

    // The block stays, so that names declared in it cannot meet those around it; only the lock before it goes.
    private static bool Unwrap(DocumentEditor editor, LockStatementSyntax locked)
    {
        editor.ReplaceNode(
            locked,
            static (current, _) =>
            {
                var statement = (LockStatementSyntax)current;
                return statement.Statement.WithLeadingTrivia(statement.GetLeadingTrivia());
            });
        return true;
    }

    private static bool Replace(DocumentEditor editor, InvocationExpressionSyntax call)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        string? text = (((call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText), arguments.Count) switch
        {
            ("Increment", 1) => $"++{arguments[0].Expression}",
            ("Decrement", 1) => $"--{arguments[0].Expression}",
            ("Add", 2) => $"{arguments[0].Expression} += {arguments[1].Expression}",
            _ => null,
        };
        if (text is null)
        {
            return false;
        }

        ExpressionSyntax plain = SyntaxFactory.ParseExpression(text);
        bool standsAlone = call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or EqualsValueClauseSyntax or ArgumentSyntax;
        editor.ReplaceNode(call, (standsAlone ? plain : SyntaxFactory.ParenthesizedExpression(plain)).WithTriviaFrom(call));
        return true;
    }
}
