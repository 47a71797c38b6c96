using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>The parameters of a callable method.</summary>
internal static class ParameterParser
{
    /// <summary>Null if one of them cannot be sent: by reference, a pointer, a ref struct, a second token (WIRE4002).</summary>
    public static EquatableArray<ParameterModel>? Parse(IMethodSymbol method, MemberScope scope)
    {
        var parameters = new ParameterModel[method.Parameters.Length];
        var hasCancellation = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Parse(method.Parameters[i], method, scope) is not { } model || (model.IsCancellation && hasCancellation))
            {
                return null;
            }

            parameters[i] = model;
            hasCancellation |= model.IsCancellation;
        }

        return new EquatableArray<ParameterModel>(parameters);
    }

    private static ParameterModel? Parse(IParameterSymbol parameter, IMethodSymbol method, MemberScope scope)
    {
        if (parameter.RefKind is not (RefKind.None or RefKind.In)
            || parameter.Type is ITypeParameterSymbol { AllowsRefLikeType: true }
            || TypeParser.Parse(parameter.Type, scope) is not { } type)
        {
            return null;
        }

        var isIn = parameter.RefKind == RefKind.In;
        var isCancellation = parameter.Type.IsCancellationToken();
        var name = Identifiers.Escape(parameter.Name);
        var copies = !isCancellation && !type.Plan.IsShared && !parameter.GetAttributes().Any(static a => a.AttributeClass.Is("Wires", "MoveAttribute"));
        return new ParameterModel
        {
            Name = name,
            FieldName = "_" + parameter.Name,
            Type = LenientWhereOblivious(parameter, type),
            Modifier = isIn ? "in " : parameter.IsParams ? "params " : "",
            Default = parameter.HasExplicitDefaultValue && Literals.DefaultOf(parameter, scope) is { } value ? " = " + value : "",
            Attributes = AttributePrinter.ForParameter(parameter, scope),
            IsCancellation = isCancellation,
            CopyTarget = !copies ? null : isIn ? Identifiers.Unused(parameter.Name + "Copy", [.. method.Parameters.Select(static p => p.Name)]) : name,
            CopyNeedsLocal = isIn,
        };
    }

    // Where the user's code says nothing of null, a null default must not become a warning in the generated signature's callers.
    private static TypeModel LenientWhereOblivious(IParameterSymbol parameter, TypeModel type) =>
        parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null, Type: { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None } }
            ? type with { Name = type.Name + "?" }
            : type;
}
