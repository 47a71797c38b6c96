using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2002: lets others run once in each round, and makes the method async where its callers hold a ref anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GreedyLoopFix() : WireFix(RuleIds.GreedyLoop, "Yield in each round")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        BlockSyntax? body = (node.FirstAncestorOrSelf<StatementSyntax>(static s => s is WhileStatementSyntax or ForStatementSyntax) switch
        {
            WhileStatementSyntax loop => loop.Statement,
            ForStatementSyntax loop => loop.Statement,
            _ => null,
        }) as BlockSyntax;

        // `continue` would jump over a yield at the end, so it goes first.
        if (body is null || !MakeAsync.CanAwaitAt(editor.SemanticModel, body.Statements.Count > 0 ? body.Statements[0] : body))
        {
            return false;
        }

        NameSyntax wire = Names.Of(editor.SemanticModel, body.SpanStart, "Wire");
        editor.ReplaceNode(
            body,
            (current, _) =>
            {
                var block = (BlockSyntax)current;
                SyntaxTrivia indent = block.Statements.FirstOrDefault()?.GetLeadingTrivia().LastOrDefault(t => t.IsKind(SyntaxKind.WhitespaceTrivia)) ?? default;
                SyntaxTriviaList trailing = block.Statements.FirstOrDefault()?.GetTrailingTrivia() ?? default;
                StatementSyntax yield = SyntaxFactory.ParseStatement($"await {wire}.Yield();").WithLeadingTrivia(indent)
                    .WithTrailingTrivia(trailing.Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) ? trailing.Last(t => t.IsKind(SyntaxKind.EndOfLineTrivia)) : SyntaxFactory.Space);
                return block.WithStatements(block.Statements.Insert(0, yield));
            });
        MakeAsync.Around(editor, body);
        return true;
    }
}
