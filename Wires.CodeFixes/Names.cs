using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.CodeFixes;

/// <summary>Names our types as short as the place allows.</summary>
internal static class Names
{
    public static NameSyntax Of(SemanticModel model, int position, string name)
    {
        foreach (ISymbol found in model.LookupNamespacesAndTypes(position, name: name))
        {
            if (found is INamedTypeSymbol { ContainingNamespace: { Name: "Wires", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return SyntaxFactory.IdentifierName(name);
            }
        }

        return SyntaxFactory.ParseName("global::Wires." + name);
    }

    /// <summary>The name of an attribute, without its suffix.</summary>
    public static NameSyntax OfAttribute(SemanticModel model, int position, string name) =>
        Of(model, position, name + "Attribute") is IdentifierNameSyntax ? SyntaxFactory.IdentifierName(name) : SyntaxFactory.ParseName("global::Wires." + name);
}
