using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2003: <c>async void</c> becomes <c>async WireTask</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFix() : WireFix(RuleIds.AsyncVoid, "Return WireTask")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(AsyncVoid.CanReturnWireTask) && ReturnType.MakeWireTask(editor, node);
}
