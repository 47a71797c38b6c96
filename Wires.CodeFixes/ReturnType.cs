using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Wires.CodeFixes;

internal static class ReturnType
{
    /// <summary>Lets a method or local function return <c>WireTask</c>, with the type argument that it has.</summary>
    public static bool MakeWireTask(DocumentEditor editor, SyntaxNode node)
    {
        TypeSyntax? old = node.FirstAncestorOrSelf<SyntaxNode>(static n => n is MethodDeclarationSyntax or LocalFunctionStatementSyntax) switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            _ => null,
        };
        if (old is null)
        {
            return false;
        }

        NameSyntax name = Names.Of(editor.SemanticModel, old.SpanStart, "WireTask");
        if ((old as QualifiedNameSyntax)?.Right is GenericNameSyntax || old is GenericNameSyntax)
        {
            var generic = (GenericNameSyntax)((old as QualifiedNameSyntax)?.Right ?? (SimpleNameSyntax)old);
            name = name is QualifiedNameSyntax qualified
                ? qualified.WithRight(SyntaxFactory.GenericName("WireTask").WithTypeArgumentList(generic.TypeArgumentList))
                : SyntaxFactory.GenericName("WireTask").WithTypeArgumentList(generic.TypeArgumentList);
        }

        editor.ReplaceNode(old, name.WithTriviaFrom(old));
        return true;
    }
}
