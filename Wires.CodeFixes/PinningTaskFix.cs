using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE3003: <c>Task</c> and <c>ValueTask</c> become <c>WireTask</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PinningTaskFix() : WireFix(RuleIds.PinningTask, "Return WireTask")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(PinningTask.CanReturnWireTask) && ReturnType.MakeWireTask(editor, node);
}
