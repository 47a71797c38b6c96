using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Wires.CodeFixes;

/// <summary>Adds <c>[Local]</c> to the declaration of a field or property.</summary>
internal static class Local
{
    public static bool AddTo(DocumentEditor editor, SyntaxNode node)
    {
        if (Declaration(node) is not { } member)
        {
            return false;
        }

        NameSyntax name = Names.OfAttribute(editor.SemanticModel, member.SpanStart, "Local");
        editor.ReplaceNode(member, (current, _) => With((MemberDeclarationSyntax)current, name.ToString()));
        return true;
    }

    /// <summary>The field or property; its declaration is the target even where two fields share it.</summary>
    public static MemberDeclarationSyntax? Declaration(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and (FieldDeclarationSyntax or PropertyDeclarationSyntax) ? member : null;

    /// <summary>The declaration with one more attribute.</summary>
    public static MemberDeclarationSyntax With(MemberDeclarationSyntax member, string attribute)
    {
        SyntaxTriviaList leading = member.GetLeadingTrivia();

        // Parsed, because the formatter would move a list made by the factory to a line of its own.
        AttributeListSyntax list = SyntaxFactory.ParseMemberDeclaration($"[{attribute}] int x;")!.AttributeLists[0].WithLeadingTrivia(leading);
        member = member.WithLeadingTrivia();
        return member.WithAttributeLists(member.AttributeLists.Insert(0, list));
    }
}
