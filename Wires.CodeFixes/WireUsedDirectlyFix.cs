using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE1003: names the ref instead of the class. Calls then need an <c>await</c>, which WIRE2006 and the compiler ask for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WireUsedDirectlyFix() : WireFix(RuleIds.WireUsedDirectly, "Use the ref")
{
    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not SimpleNameSyntax name || !diagnostic.Properties.TryGetValue(WireUsedDirectly.Ref, out string? refName))
        {
            return false;
        }

        // The node may hold type arguments that are fixed too.
        editor.ReplaceNode(
            name,
            (current, _) => ((SimpleNameSyntax)current).WithIdentifier(SyntaxFactory.Identifier(refName!).WithTriviaFrom(((SimpleNameSyntax)current).Identifier)));
        return true;
    }
}
