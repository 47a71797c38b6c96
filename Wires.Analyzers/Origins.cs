using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Follows an object to where the wire surely has it from.</summary>
internal static class Origins
{
    public static Origin Of(IOperation? operation) => operation switch
    {
        IConversionOperation conversion => Of(conversion.Operand),
        IFieldReferenceOperation { Field.IsStatic: true } => Origin.Static,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => IsInjected(field.Field) ? Origin.Outside : Origin.Unknown,
        IFieldReferenceOperation field => Of(field.Instance),
        IPropertyReferenceOperation { Property.IsStatic: true } property => IsComputed(property.Property) ? Origin.Unknown : Origin.Static,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } => Origin.Unknown,
        IPropertyReferenceOperation property => Of(property.Instance),
        IEventReferenceOperation { Event.IsStatic: true } => Origin.Static,
        IEventReferenceOperation { Instance: not IInstanceReferenceOperation } @event => Of(@event.Instance),
        IArrayElementReferenceOperation element => Of(element.ArrayReference),
        IParameterReferenceOperation { Parameter: { Type.IsReferenceType: true, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } } => Origin.Outside,
        IInvocationOperation { TargetMethod: { Name: "GetRequiredService" or "GetService" or "GetRequiredKeyedService" or "GetKeyedService" } } => Origin.Outside,
        IConditionalAccessInstanceOperation inner => Of(Owner.Accessed(inner)),
        ILocalReferenceOperation local => Of(Value(local)),
        _ => Origin.Unknown,
    };

    /// <summary>The value of a local that gets one in its declaration and no other.</summary>
    public static IOperation? Value(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        IOperation? value = null;
        foreach (IOperation operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    value = declarator.Symbol.IsRef ? null : declarator.Initializer?.Value;
                    break;
                case ILocalReferenceOperation other when SymbolEqualityComparer.Default.Equals(other.Local, reference.Local) && Writes.To(other):
                    return null;
            }
        }

        return value;
    }

    /// <summary>Whether a field is given a constructor parameter. Names are enough: a field of another's making is not called an injected one by them.</summary>
    public static bool IsInjected(IFieldSymbol field)
    {
        if (!field.Type.IsReferenceType)
        {
            return false;
        }

        foreach (SyntaxReference reference in field.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: IdentifierNameSyntax name }
                && field.ContainingType.InstanceConstructors.Any(c => HasParameter(c, name.Identifier.ValueText)))
            {
                return true;
            }
        }

        foreach (IMethodSymbol constructor in field.ContainingType.InstanceConstructors)
        {
            foreach (SyntaxReference reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax() is ConstructorDeclarationSyntax declaration
                    && declaration.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => Named(a.Left) == field.Name && Named(a.Right) is { } from && HasParameter(constructor, from)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasParameter(IMethodSymbol constructor, string name) =>
        constructor.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    private static string? Named(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        BinaryExpressionSyntax { Right: ThrowExpressionSyntax, Left: var left } => Named(left),
        _ => null,
    };

    // `static List<int> Fresh => new();` gives each caller its own.
    private static bool IsComputed(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody.Expression: BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax });
}
