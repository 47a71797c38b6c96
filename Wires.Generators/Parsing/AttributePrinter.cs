using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Attributes that mean to a caller of the ref what they mean to a caller of the wire.</summary>
internal static class AttributePrinter
{
    private static readonly HashSet<string> OnParameters =
    [
        "CallerMemberNameAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute", "CallerArgumentExpressionAttribute",
        "AllowNullAttribute", "DisallowNullAttribute", "StringSyntaxAttribute", "ConstantExpectedAttribute", "ParamCollectionAttribute",
    ];

    /// <summary>On a method or on the class itself.</summary>
    public static EquatableArray<string> ForMember(ISymbol member, MemberScope scope)
    {
        var attributes = new List<string>();
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass.Is("System", "ObsoleteAttribute") || attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute"))
            {
                Add(attributes, attribute, scope);
            }
        }

        return new EquatableArray<string>(attributes);
    }

    /// <summary>On a parameter, in one line with a blank behind.</summary>
    public static string ForParameter(IParameterSymbol parameter, MemberScope scope)
    {
        var attributes = new List<string>();
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && OnParameters.Contains(type.Name)
                && (type.IsIn("System.Runtime.CompilerServices") || type.IsIn("System.Diagnostics.CodeAnalysis")))
            {
                Add(attributes, attribute, scope);
            }
        }

        return attributes.Count == 0 ? "" : string.Join("", attributes) + " ";
    }

    /// <summary>Null if the constant cannot be spelled.</summary>
    public static string? Constant(TypedConstant constant, MemberScope scope) => constant.Kind switch
    {
        TypedConstantKind.Primitive or TypedConstantKind.Enum => Literals.Constant(constant.Value, constant.Type!, scope),
        TypedConstantKind.Type when constant.Value is ITypeSymbol type => TypeNames.Code(type, scope) is { } name ? $"typeof({name})" : null,
        _ => constant.IsNull ? "null" : null,
    };

    private static void Add(List<string> attributes, AttributeData attribute, MemberScope scope)
    {
        var arguments = attribute.ConstructorArguments.Select(a => Constant(a, scope))
            .Concat(attribute.NamedArguments.Select(a => Constant(a.Value, scope) is { } value ? $"{a.Key} = {value}" : null))
            .ToList();
        if (!arguments.Contains(null) && TypeNames.Code(attribute.AttributeClass!, scope) is { } name)
        {
            attributes.Add(arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]");
        }
    }
}
