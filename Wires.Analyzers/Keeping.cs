using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Tells which parameters of the compilation's methods are visibly stored. What it does not see, it takes for not kept.</summary>
internal sealed class Keeping(WireCompilation wires)
{
    // Deep enough for constructors that hand on to bases and registries that hand on to lists.
    private const int MostCalls = 5;

    private readonly ConcurrentDictionary<IParameterSymbol, Kept> _known = new(SymbolEqualityComparer.Default);

    public Kept Of(IParameterSymbol parameter, CancellationToken cancellation) => Of(parameter, 0, cancellation);

    private Kept Of(IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        parameter = parameter.OriginalDefinition;
        if (_known.TryGetValue(parameter, out Kept known))
        {
            return known;
        }

        if (depth == MostCalls || parameter.ContainingSymbol is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method)
        {
            return Kept.None;
        }

        Kept found = method.MethodKind == MethodKind.Constructor && method.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is TypeDeclarationSyntax
            ? InPrimaryConstructor(parameter, method.ContainingType, depth, cancellation)
            : InBody(parameter, method, depth, cancellation);

        // What was cut off at the depth limit below may be more when it is asked for from here.
        return depth == 0 ? _known.GetOrAdd(parameter, found) : found;
    }

    private Kept InBody(IParameterSymbol parameter, IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        Kept kept = Kept.None;
        foreach (IOperation body in Bodies.Of(method, wires.Compilation, cancellation))
        {
            foreach (IOperation operation in body.Descendants())
            {
                kept |= By(operation, parameter, depth, cancellation);
            }
        }

        return kept;
    }

    private Kept By(IOperation operation, IParameterSymbol parameter, int depth, CancellationToken cancellation) => operation switch
    {
        ISimpleAssignmentOperation { Target: var target, Value: var value } when Holds(value, parameter, depth, cancellation) => Place(target),
        ICoalesceAssignmentOperation { Target: var target, Value: var value } when Holds(value, parameter, depth, cancellation) => Place(target),
        IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation @event } add when Holds(add.HandlerValue, parameter, depth, cancellation) =>
            @event.Event.IsStatic ? Kept.InStatic : Root(@event.Instance),
        IInvocationOperation call => ByCall(call, parameter, depth, cancellation),
        _ => Kept.None,
    };

    private Kept ByCall(IInvocationOperation call, IParameterSymbol parameter, int depth, CancellationToken cancellation)
    {
        Kept kept = Kept.None;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { } target || !Holds(argument.Value, parameter, depth, cancellation))
            {
                continue;
            }

            if (StoringApis.IsElementOfCollection(call.TargetMethod, target))
            {
                kept |= Root(call.Instance);
            }
            else if (wires.CodeOf(call) is { } code && target.Ordinal < code.Parameters.Length)
            {
                Kept there = Of(code.Parameters[target.Ordinal], depth + 1, cancellation);
                kept |= there & Kept.InStatic;
                kept |= (there & Kept.InReceiver) != 0 ? Root(call.Instance) : Kept.None;
            }
        }

        return kept;
    }

    private bool Holds(IOperation value, IParameterSymbol parameter, int depth, CancellationToken cancellation) => value switch
    {
        IConversionOperation conversion => Holds(conversion.Operand, parameter, depth, cancellation),
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter.OriginalDefinition, parameter),
        ICoalesceOperation coalesce => Holds(coalesce.Value, parameter, depth, cancellation),
        ITupleOperation tuple => tuple.Elements.Any(e => Holds(e, parameter, depth, cancellation)),
        IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false } creation => creation.Arguments.Any(a =>
            a.Parameter is { } target && Holds(a.Value, parameter, depth, cancellation) && (Of(target, depth + 1, cancellation) & Kept.InReceiver) != 0),
        _ => false,
    };

    private static Kept Place(IOperation target) => target switch
    {
        IFieldReferenceOperation field => field.Field.IsStatic ? Kept.InStatic : Root(field.Instance),
        IPropertyReferenceOperation property => property.Property.IsStatic ? Kept.InStatic : Root(property.Instance),
        IArrayElementReferenceOperation element => Root(element.ArrayReference),
        _ => Kept.None,
    };

    private static Kept Root(IOperation? holder) => holder switch
    {
        IConversionOperation conversion => Root(conversion.Operand),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => Kept.InReceiver,
        IFieldReferenceOperation field => field.Field.IsStatic ? Kept.InStatic : Root(field.Instance),
        IPropertyReferenceOperation property => property.Property.IsStatic ? Kept.InStatic : Root(property.Instance),
        IArrayElementReferenceOperation element => Root(element.ArrayReference),
        IConditionalAccessInstanceOperation inner => Root(Owner.Accessed(inner)),
        _ => Kept.None,
    };

    // A primary constructor keeps what an initializer stores, and what any other member names.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1030", Justification = "As in Bodies.")]
    private Kept InPrimaryConstructor(IParameterSymbol parameter, INamedTypeSymbol type, int depth, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            var declaration = (TypeDeclarationSyntax)reference.GetSyntax(cancellation);
            if (declaration is RecordDeclarationSyntax)
            {
                return Kept.InReceiver;
            }

            SemanticModel model = wires.Compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (IdentifierNameSyntax name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText != parameter.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, parameter))
                {
                    continue;
                }

                EqualsValueClauseSyntax? initializer = name.Ancestors().TakeWhile(a => a != declaration).OfType<EqualsValueClauseSyntax>().LastOrDefault(e =>
                    e.Parent is PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax });
                ArgumentSyntax? toBase = name.Ancestors().TakeWhile(a => a != declaration).OfType<ArgumentSyntax>().LastOrDefault(a => a.Parent?.Parent is PrimaryConstructorBaseTypeSyntax);
                if (initializer is not null)
                {
                    if (model.GetOperation(initializer.Value, cancellation) is { } value && Holds(value, parameter, depth, cancellation))
                    {
                        return Kept.InReceiver;
                    }
                }
                else if (toBase is not null)
                {
                    if (model.GetOperation(toBase, cancellation) is IArgumentOperation { Parameter: { } target } argument && Holds(argument.Value, parameter, depth, cancellation))
                    {
                        return Of(target, depth + 1, cancellation);
                    }
                }
                else if (name.Ancestors().TakeWhile(a => a != declaration).Any(static a => a is MemberDeclarationSyntax))
                {
                    return Kept.InReceiver;
                }
            }
        }

        return Kept.None;
    }
}
