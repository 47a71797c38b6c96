using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2006: awaits the call, where the code around it is async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DroppedCallFix() : WireFix(RuleIds.DroppedCall, "Await the call")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        // `a?.Deposit(1)` would need a test for null around the await, so it is left to the user.
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.Span != node.Span
            || call.Parent is ConditionalAccessExpressionSyntax || !CanAwait(call))
        {
            return false;
        }

        editor.ReplaceNode(
            call,
            static (current, _) => SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
                ((ExpressionSyntax)current).WithLeadingTrivia()));
        return true;
    }

    private static bool CanAwait(SyntaxNode call)
    {
        foreach (SyntaxNode outer in call.Ancestors())
        {
            switch (outer)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or QueryExpressionSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
