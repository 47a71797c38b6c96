using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Generators.Parsing;

/// <summary>Recognises wire classes, and interfaces that are served at home, by their syntax alone.</summary>
internal static class WireSyntax
{
    /// <summary>Whether it looks like a class with <c>[Wire]</c>; the symbol then says whether the attribute is ours.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is ClassDeclarationSyntax type && Has(type, "Wire", "WireAttribute");

    /// <summary>Whether it looks like an interface with <c>[Home]</c>.</summary>
    public static bool IsHomeCandidate(SyntaxNode node) => node is InterfaceDeclarationSyntax type && Has(type, "Home", "HomeAttribute");

    private static bool Has(TypeDeclarationSyntax type, string shortName, string fullName)
    {
        foreach (var list in type.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = SimpleName(attribute.Name);
                if (string.Equals(name, shortName, StringComparison.Ordinal) || string.Equals(name, fullName, StringComparison.Ordinal) || IsAlias(name, fullName, type))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static string SimpleName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    // `using Actor = Wires.WireAttribute;` in the same file. Global aliases are not followed: that would need the semantics of every class with any attribute.
    private static bool IsAlias(string name, string attribute, SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            var usings = parent switch
            {
                CompilationUnitSyntax unit => unit.Usings,
                BaseNamespaceDeclarationSyntax space => space.Usings,
                _ => default,
            };
            foreach (var directive in usings)
            {
                if (directive.Alias is { } alias && directive.NamespaceOrType is NameSyntax target
                    && string.Equals(alias.Name.Identifier.ValueText, name, StringComparison.Ordinal)
                    && string.Equals(SimpleName(target), attribute, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
