using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2005: removes <c>ConfigureAwait</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LeavesTurnFix() : WireFix(RuleIds.LeavesTurn, "Remove ConfigureAwait")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax } call)
        {
            return false;
        }

        // Written on the current node: the awaited expression may hold another one.
        editor.ReplaceNode(
            call,
            static (current, _) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression.WithoutTrailingTrivia()
                .WithTrailingTrivia(current.GetTrailingTrivia()));
        return true;
    }
}
