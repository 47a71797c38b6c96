using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Generators.Memory;

/// <summary>
/// Which names code mentions that may be parameters of a primary constructor: captured, such a parameter is a field without a name, which cannot travel.
/// It is the only thing that the code of a class says about its data.
/// </summary>
internal static class CapturedParameters
{
    /// <summary>The names, sorted. Of a part of a class whose parameters, if any, another part declares: all names in its code.</summary>
    public static string In(TypeDeclarationSyntax type)
    {
        var isPartial = type.Modifiers.Any(SyntaxKind.PartialKeyword);
        if (type is RecordDeclarationSyntax or InterfaceDeclarationSyntax || (type.ParameterList is null && !isPartial) || type.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            return "";
        }

        var parameters = type.ParameterList is { } list ? new HashSet<string>(list.Parameters.Select(static p => p.Identifier.ValueText), StringComparer.Ordinal) : null;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in type.Members)
        {
            if (member is FieldDeclarationSyntax or BaseTypeDeclarationSyntax)
            {
                continue;
            }

            foreach (var name in member.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (parameters?.Contains(name.Identifier.ValueText) != false && !(member is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.Span.Contains(name.Span)))
                {
                    names.Add(name.Identifier.ValueText);
                }
            }
        }

        return string.Join(",", names);
    }
}
