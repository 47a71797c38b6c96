using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2007: marks the awaited method <c>[Interleave]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OppositeChainsFix() : WireFix(RuleIds.OppositeChains, "Let it in while others wait: [Interleave]")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return false;
        }

        NameSyntax name = Names.OfAttribute(editor.SemanticModel, method.SpanStart, "Interleave");
        editor.ReplaceNode(
            method,
            (current, _) =>
            {
                var declaration = (MethodDeclarationSyntax)current;

                // Parsed, because the formatter would move a list made by the factory to a line of its own.
                AttributeListSyntax list = SyntaxFactory.ParseMemberDeclaration($"[{name}] int x;")!.AttributeLists[0].WithLeadingTrivia(declaration.GetLeadingTrivia());
                declaration = declaration.WithLeadingTrivia();
                return declaration.WithAttributeLists(declaration.AttributeLists.Insert(0, list));
            });
        return true;
    }
}
