using Microsoft.CodeAnalysis;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>Sorts methods by what they return.</summary>
internal static class ReturnParser
{
    /// <summary>Null for what cannot be answered: a reference, a pointer, a type without a name (WIRE4002); a one-way method with a result (WIRE4004).</summary>
    public static ReturnPlan? Parse(IMethodSymbol method, MethodTraits traits, MemberScope scope)
    {
        if (method.RefKind != RefKind.None)
        {
            return null;
        }

        var type = method.ReturnType;
        var isAsync = TypeParser.IsTaskLike(type);
        var result = TypeParser.ResultOf(method);
        if (traits.IsOneWay)
        {
            return result is null ? new ReturnPlan(MethodShape.OneWay, isAsync, Type: null, Copies: false) : null;
        }

        if (result is null)
        {
            return new ReturnPlan(MethodShape.Void, isAsync, Type: null, Copies: false);
        }

        if (TypeParser.Parse(result, scope) is not { } plan)
        {
            return null;
        }

        var shape = TypeParser.IsStream(type) ? MethodShape.Stream : MethodShape.Value;
        return new ReturnPlan(shape, isAsync, plan, Copies: !plan.Plan.IsShared && !IsMoved(method));
    }

    private static bool IsMoved(IMethodSymbol method)
    {
        foreach (var attribute in method.GetReturnTypeAttributes())
        {
            if (attribute.AttributeClass.Is("Wires", "MoveAttribute"))
            {
                return true;
            }
        }

        return false;
    }
}
