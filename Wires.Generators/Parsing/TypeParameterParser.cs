using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Type parameters and their constraints, which a ref repeats from its wire class.</summary>
internal static class TypeParameterParser
{
    /// <summary><c>&lt;T, U&gt;</c>, or nothing.</summary>
    public static string List(INamedTypeSymbol type) => List(type.TypeParameters);

    public static string List(IEnumerable<ITypeParameterSymbol> parameters)
    {
        var names = string.Join(", ", parameters.Select(p => Identifiers.EscapeType(p.Name)));
        return names.Length == 0 ? "" : $"<{names}>";
    }

    /// <summary>One clause per constrained parameter.</summary>
    public static EquatableArray<string> Constraints(IEnumerable<ITypeParameterSymbol> parameters, MemberScope scope)
    {
        var clauses = new List<string>();
        foreach (var parameter in parameters)
        {
            var constraints = ConstraintsOf(parameter, scope);
            if (constraints.Count > 0)
            {
                clauses.Add($"where {Identifiers.EscapeType(parameter.Name)} : {string.Join(", ", constraints)}");
            }
        }

        return new EquatableArray<string>(clauses);
    }

    private static List<string> ConstraintsOf(ITypeParameterSymbol parameter, MemberScope scope)
    {
        // The order is the one that the language asks for.
        var constraints = new List<string>();
        if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        foreach (var type in parameter.ConstraintTypes)
        {
            if (TypeNames.Code(type, scope) is { } name)
            {
                constraints.Add(name);
            }
        }

        if (parameter.HasConstructorConstraint)
        {
            constraints.Add("new()");
        }

        if (parameter.AllowsRefLikeType)
        {
            constraints.Add("allows ref struct");
        }

        return constraints;
    }
}
