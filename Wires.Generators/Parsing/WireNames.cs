using System.Text;
using Microsoft.CodeAnalysis;

namespace Wires.Generators.Parsing;

/// <summary>The names under which a wire class is known: in metadata, between nodes, as a file.</summary>
internal static class WireNames
{
    /// <summary>The name between nodes. A generic class has one per closed type, built at run time.</summary>
    public static (string Expression, bool IsClosed) Parse(INamedTypeSymbol type, AttributeData attribute, MemberScope scope)
    {
        var arguments = AllTypeArguments(type);
        return (Expression(type, attribute, arguments, scope)!, arguments.Count == 0);
    }

    /// <summary>An expression for the name of a constructed type; null if an argument cannot be named.</summary>
    public static string? Expression(INamedTypeSymbol type, AttributeData? attribute, List<ITypeSymbol> arguments, MemberScope scope)
    {
        var name = NameIn(attribute) ?? FullName(type);
        if (arguments.Count == 0)
        {
            return Literals.Text(name);
        }

        var text = new StringBuilder(Literals.Text(name + "<"));
        for (var i = 0; i < arguments.Count; i++)
        {
            if (TypeNames.Code(arguments[i].WithNullableAnnotation(NullableAnnotation.NotAnnotated), scope) is not { } argument)
            {
                return null;
            }

            text.Append(i == 0 ? "" : " + \",\"").Append(" + global::Wires.Infrastructure.WireTypeName.Of(typeof(").Append(argument).Append("))");
        }

        return text.Append(" + \">\"").ToString();
    }

    public static List<ITypeSymbol> AllTypeArguments(INamedTypeSymbol type)
    {
        var arguments = type.ContainingType is { } outer ? AllTypeArguments(outer) : [];
        arguments.AddRange(type.TypeArguments);
        return arguments;
    }

    public static string MetadataName(INamedTypeSymbol type) => Join(type, '+', static t => t.MetadataName);

    /// <summary>For people: dots throughout, arity included.</summary>
    public static string HintName(INamedTypeSymbol type) => Join(type, '.', static t => t.MetadataName);

    public static string NamespaceOf(INamedTypeSymbol type)
    {
        var parts = new Stack<string>();
        for (var part = type.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
        {
            parts.Push(Identifiers.EscapeType(part.Name));
        }

        return string.Join(".", parts);
    }

    private static string FullName(INamedTypeSymbol type) => Join(type, '+', static t => t.Name);

    private static string? NameIn(AttributeData? attribute)
    {
        foreach (var argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key is "Name" && argument.Value.Value is string { Length: > 0 } name)
            {
                return name;
            }
        }

        return null;
    }

    private static string Join(INamedTypeSymbol type, char separator, Func<INamedTypeSymbol, string> nameOf)
    {
        var text = new StringBuilder(nameOf(type));
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            text.Insert(0, separator).Insert(0, nameOf(outer));
        }

        for (var part = type.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
        {
            text.Insert(0, '.').Insert(0, part.Name);
        }

        return text.ToString();
    }
}
