using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Finds in a value what must not leave a wire: <c>this</c>, state that can change, code that touches state, or an object that holds one of these.</summary>
internal sealed class Leaks(WireCompilation wires, Keeping keeping, SharedStatics statics)
{
    // A local that is its own initializer is an error, and analysis must end all the same.
    private const int MostSteps = 12;

    /// <summary>What leaks, for messages, and where it stands; null if nothing surely does.</summary>
    public (string What, IOperation Where)? Of(IOperation value, CancellationToken cancellation) => Of(value, 0, cancellation);

    private (string What, IOperation Where)? Of(IOperation? value, int step, CancellationToken cancellation)
    {
        if (step > MostSteps)
        {
            return null;
        }

        switch (value)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return Of(conversion.Operand, step + 1, cancellation);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, IsImplicit: false }:
                return ("'this'", value);
            case IFieldReferenceOperation { Field: { IsStatic: false } field, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                return statics.IsMutable(field.Type) && !Origins.IsInjected(field) ? ($"'{field.Name}'", value) : null;
            case IPropertyReferenceOperation { Property: { IsStatic: false, IsIndexer: false } property, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                return StateField.TypeOf(property, wires) is { } type && statics.IsMutable(type) ? ($"'{property.Name}'", value) : null;
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                return EscapesTurn.Touched(lambda.Body, wires) is { } touched ? ($"A lambda that uses '{touched}'", lambda) : null;
            case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method.IsStatic: false, Instance: IInstanceReferenceOperation } method }:
                return ($"A delegate of '{method.Method.Name}'", method);
            case IObjectCreationOperation creation:
                return InCreation(creation, step, cancellation);
            case IAnonymousObjectCreationOperation anonymous:
                return First(anonymous.Initializers.OfType<ISimpleAssignmentOperation>().Select(static i => i.Value));
            case ITupleOperation tuple:
                return First(tuple.Elements);
            case IArrayCreationOperation { Initializer: { } elements }:
                return First(elements.ElementValues);
            case ICollectionExpressionOperation collection:
                return First(collection.Elements.Where(static e => e is not ISpreadOperation));
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return Of(conditional.WhenTrue, step + 1, cancellation) ?? Of(whenFalse, step + 1, cancellation);
            case ICoalesceOperation coalesce:
                return Of(coalesce.Value, step + 1, cancellation) ?? Of(coalesce.WhenNull, step + 1, cancellation);
            case IInvocationOperation { TargetMethod.Name: "AsReadOnly" or "AsEnumerable" or "AsMemory" } view:
                return Of(view.Instance ?? view.Arguments.FirstOrDefault()?.Value, step + 1, cancellation);
            case ILocalReferenceOperation { Local.Type.IsReferenceType: true } local:
                return Of(Origins.Value(local), step + 1, cancellation) is var (what, _) ? (what, local) : null;
            default:
                return null;
        }

        (string, IOperation)? First(IEnumerable<IOperation> parts)
        {
            foreach (IOperation part in parts)
            {
                if (Of(part, step + 1, cancellation) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    private (string, IOperation)? InCreation(IObjectCreationOperation creation, int step, CancellationToken cancellation)
    {
        bool isWrapper = creation.Type is INamedTypeSymbol type && StoringApis.IsWrapper(type);
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (Of(argument.Value, step + 1, cancellation) is { } found
                && (isWrapper || (argument.Parameter is { } parameter && (keeping.Of(parameter, cancellation) & Kept.InReceiver) != 0)))
            {
                return found;
            }
        }

        foreach (IOperation initializer in creation.Initializer?.Initializers ?? [])
        {
            IEnumerable<IOperation> values = initializer switch
            {
                ISimpleAssignmentOperation assignment => [assignment.Value],
                IInvocationOperation add => add.Arguments.Where(a => a.Parameter is { } p && StoringApis.IsElementOfCollection(add.TargetMethod, p)).Select(static a => a.Value),
                _ => [],
            };
            foreach (IOperation value in values)
            {
                if (Of(value, step + 1, cancellation) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
