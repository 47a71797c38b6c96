using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Whose variable an operation names.</summary>
internal static class Owner
{
    /// <summary>The wire itself, or one of its fields or auto-properties that was not handed in from outside.</summary>
    public static bool IsOwn(IOperation operation) => operation switch
    {
        IConversionOperation conversion => IsOwn(conversion.Operand),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IFieldReferenceOperation { Field.IsStatic: false, Instance: IInstanceReferenceOperation } field => !IsFromOutside(field.Field),
        IPropertyReferenceOperation { Property.IsStatic: false, Instance: IInstanceReferenceOperation } => true,
        _ => false,
    };

    /// <summary>What stands before the <c>?.</c> that this is the value of.</summary>
    public static IOperation? Accessed(IConditionalAccessInstanceOperation inner)
    {
        IOperation child = inner;
        for (IOperation? outer = inner.Parent; outer is not null; child = outer, outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, child))
            {
                return access.Operation;
            }
        }

        return null;
    }

    public static bool IsInLambda(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    // `private readonly object _gate = gate;` may be shared with whoever else was given the same object.
    private static bool IsFromOutside(IFieldSymbol field)
    {
        foreach (SyntaxReference reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax declarator)
            {
                return field.Type.IsReferenceType && declarator.Initializer?.Value is null or Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax;
            }
        }

        return false;
    }
}
