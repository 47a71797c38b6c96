using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>The types around a wire class, which the generated parts have to repeat.</summary>
internal static class ContainerParser
{
    /// <summary>Outermost first; null if one of them is not partial (WIRE4001).</summary>
    public static EquatableArray<ContainingTypeModel>? Parse(SyntaxNode node)
    {
        var containers = new List<ContainingTypeModel>();
        for (var parent = node.Parent as TypeDeclarationSyntax; parent is not null; parent = parent.Parent as TypeDeclarationSyntax)
        {
            if (!parent.Modifiers.Any(SyntaxKind.PartialKeyword) || parent.Modifiers.Any(SyntaxKind.FileKeyword))
            {
                return null;
            }

            containers.Add(new ContainingTypeModel(KeywordOf(parent), NameOf(parent), parent.Identifier.Text));
        }

        containers.Reverse();
        return new EquatableArray<ContainingTypeModel>(containers);
    }

    private static string KeywordOf(TypeDeclarationSyntax type) => type switch
    {
        RecordDeclarationSyntax record when record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) => "record struct",
        _ => type.Keyword.Text,
    };

    private static string NameOf(TypeDeclarationSyntax type)
    {
        if (type.TypeParameterList is not { } parameters)
        {
            return type.Identifier.Text;
        }

        // Variance and attributes are said once, in the user's part: all parts of an interface must agree on variance, though.
        var names = parameters.Parameters.Select(p => p.VarianceKeyword.IsKind(SyntaxKind.None) ? p.Identifier.Text : $"{p.VarianceKeyword.Text} {p.Identifier.Text}");
        return $"{type.Identifier.Text}<{string.Join(", ", names)}>";
    }
}
