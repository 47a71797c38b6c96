using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE3001: marks the field <c>[Local]</c>, so that it stays behind and the constructor fills it anew.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StateCannotTravelFix() : WireFix(RuleIds.StateCannotTravel, "Leave it behind: [Local]")
{
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => Local.Declaration(node) ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic) => Local.AddTo(editor, node);
}
