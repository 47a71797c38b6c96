using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Analyzers;

/// <summary>Tells from the syntax alone, without binding, whether a tree may use our attributes.</summary>
/// <remarks>It looks at declarations only, never into bodies, and keeps its answer with the tree, so an edit scans one file.
/// It may say yes too often (another library's <c>[Local]</c>), which costs a registration and reports nothing.</remarks>
internal static class WireScan
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> Answers = new();

    public static WireUse Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Answers.TryGetValue(tree, out object? answer))
        {
            answer = Scan(tree.GetRoot(cancellation));
            answer = Answers.GetValue(tree, _ => answer);
        }

        return (WireUse)answer;
    }

    private static WireUse Scan(SyntaxNode root)
    {
        WireUse found = WireUse.None;
        if (root is CompilationUnitSyntax unit)
        {
            found |= OfAliases(unit.Usings);
            foreach (MemberDeclarationSyntax member in unit.Members)
            {
                found |= Scan(member);
            }
        }

        return found;
    }

    private static WireUse Scan(MemberDeclarationSyntax member)
    {
        WireUse found = OfAttributes(member.AttributeLists);
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                found |= OfAliases(space.Usings);
                foreach (MemberDeclarationSyntax inner in space.Members)
                {
                    found |= Scan(inner);
                }

                break;
            case TypeDeclarationSyntax type:
                foreach (MemberDeclarationSyntax inner in type.Members)
                {
                    found |= Scan(inner);
                }

                break;
            case BaseMethodDeclarationSyntax method:
                foreach (ParameterSyntax parameter in method.ParameterList.Parameters)
                {
                    found |= OfAttributes(parameter.AttributeLists);
                }

                break;
        }

        return found;
    }

    private static WireUse OfAttributes(SyntaxList<AttributeListSyntax> lists)
    {
        WireUse found = WireUse.None;
        foreach (AttributeListSyntax list in lists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                found |= OfName(LastName(attribute.Name));
            }
        }

        return found;
    }

    // `using W = Wires.WireAttribute;` makes [W] a wire class; whoever writes such an alias uses it.
    private static WireUse OfAliases(SyntaxList<UsingDirectiveSyntax> usings)
    {
        WireUse found = WireUse.None;
        foreach (UsingDirectiveSyntax directive in usings)
        {
            if (directive.Alias is not null && directive.Name is { } name)
            {
                found |= OfName(LastName(name));
            }
        }

        return found;
    }

    private static string LastName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };

    private static WireUse OfName(string name) => name switch
    {
        "Wire" or "WireAttribute" => WireUse.Class | WireUse.Attribute | WireUse.Ref,
        "Home" or "HomeAttribute" => WireUse.Home | WireUse.Attribute,
        "Every" or "EveryAttribute" or "FormerName" or "FormerNameAttribute" or "Immutable" or "ImmutableAttribute" or "Interleave" or "InterleaveAttribute"
            or "Local" or "LocalAttribute" or "Move" or "MoveAttribute" or "OneWay" or "OneWayAttribute"
            or "SharedSafely" or "SharedSafelyAttribute" => WireUse.Attribute,
        _ => WireUse.None,
    };
}
