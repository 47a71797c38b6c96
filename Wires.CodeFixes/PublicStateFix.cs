using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE1006: makes the member private.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PublicStateFix() : WireFix(RuleIds.PublicState, "Make private")
{
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(PublicState.CanBePrivate) || node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member
            || !member.Modifiers.Any(SyntaxKind.PublicKeyword))
        {
            return false;
        }

        editor.ReplaceNode(member, static (current, _) => WithPrivate((MemberDeclarationSyntax)current));
        return true;
    }

    private static MemberDeclarationSyntax WithPrivate(MemberDeclarationSyntax member)
    {
        SyntaxToken old = member.Modifiers.First(m => m.IsKind(SyntaxKind.PublicKeyword));
        member = member.WithModifiers(member.Modifiers.Replace(old, SyntaxFactory.Token(SyntaxKind.PrivateKeyword).WithTriviaFrom(old)));

        // An accessor may only narrow what the property has, and nothing is narrower.
        if (member is PropertyDeclarationSyntax { AccessorList: { } list } property)
        {
            member = property.WithAccessorList(list.WithAccessors(SyntaxFactory.List(list.Accessors.Select(
                a => a.Modifiers.Count == 0 ? a : a.WithModifiers(default).WithLeadingTrivia(a.GetLeadingTrivia())))));
        }

        return member;
    }
}
