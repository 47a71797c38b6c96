using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE1002: the wire itself, or state that can change, is handed to what outlives the turn.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateLeak() : WireRule(Rules.StateLeak)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        var keeping = new Keeping(wires);
        var leaks = new Leaks(wires, keeping, new SharedStatics(wires, AdditionalLines.Of(context.Options, SharedStatics.FileName, context.CancellationToken)));
        WireCode.OnOperations(
            context, wires, c => Check(c, wires, keeping, leaks),
            OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment, OperationKind.EventAssignment, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.Return);
    }

    private void Check(WireOperation context, WireCompilation wires, Keeping keeping, Leaks leaks)
    {
        switch (context.Operation)
        {
            case IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation } assignment:
                if (PlaceOf(assignment.Target) is var place && place != Origin.Unknown)
                {
                    Report(assignment.Value, place == Origin.Static ? $"the static '{Shown(assignment.Target)}' keeps it" : $"'{Shown(assignment.Target)}' of an injected object keeps it");
                }

                break;
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation @event } add:
                if (EventKeeps(@event) && !Spawners.IsTick(@event.Event))
                {
                    Report(add.HandlerValue, $"the event '{@event.Event.ContainingType.Name}.{@event.Event.Name}' keeps it");
                }

                break;
            case IInvocationOperation call:
                CheckCall(call);
                break;
            case IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false } creation:
                foreach (IArgumentOperation argument in creation.Arguments)
                {
                    if (argument.Parameter is { } parameter && leaks.Of(argument.Value, context.CancellationToken) is not null
                        && (keeping.Of(parameter, context.CancellationToken) & Kept.InStatic) != 0)
                    {
                        Report(argument.Value, $"the constructor of '{creation.Type!.Name}' stores it in a static");
                    }
                }

                break;
            case IReturnOperation { ReturnedValue: { } returned } when context.ContainingSymbol is IMethodSymbol { RefKind: RefKind.Ref } method
                && method.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected) && !wires.IsMessage(method) && !IsInFunction(context.Operation):
                if (returned is IFieldReferenceOperation { Field: { IsStatic: false } field, Instance: IInstanceReferenceOperation })
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rule, returned.Syntax.GetLocation(), $"'{field.Name}'", $"'{method.AssociatedSymbol?.Name ?? method.Name}' returns a reference to it"));
                }

                break;
        }

        void CheckCall(IInvocationOperation call)
        {
            string? known = null;
            bool isRaised = call.TargetMethod.MethodKind == MethodKind.DelegateInvoke && Raised(call.Instance) is { Event.IsStatic: true };
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.Parameter is not { } parameter || leaks.Of(argument.Value, context.CancellationToken) is null)
                {
                    continue;
                }

                if (isRaised)
                {
                    Report(argument.Value, $"the static event '{Raised(call.Instance)!.Event.Name}' hands it to whoever listens");
                }
                else if ((known ??= StoringApis.Name(call)) is not null)
                {
                    Report(argument.Value, $"'{known}' keeps it");
                }
                else if (StoringApis.IsElementOfCollection(call.TargetMethod, parameter))
                {
                    if (Origins.Of(call.Instance) is var holder && holder != Origin.Unknown)
                    {
                        Report(argument.Value, holder == Origin.Static ? $"the static '{Shown(call.Instance!)}' keeps it" : $"'{Shown(call.Instance!)}', which was injected, keeps it");
                    }
                }
                else if (wires.CodeOf(call) is { } code && parameter.Ordinal < code.Parameters.Length)
                {
                    Kept kept = keeping.Of(code.Parameters[parameter.Ordinal], context.CancellationToken);
                    if ((kept & Kept.InStatic) != 0)
                    {
                        Report(argument.Value, $"'{code.ContainingType.Name}.{code.Name}' stores it in a static");
                    }
                    else if ((kept & Kept.InReceiver) != 0 && Origins.Of(call.Instance) != Origin.Unknown)
                    {
                        Report(argument.Value, $"'{code.ContainingType.Name}.{code.Name}' keeps it");
                    }
                }
            }
        }

        void Report(IOperation value, string how)
        {
            if (leaks.Of(value, context.CancellationToken) is var (what, where))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, where.Syntax.GetLocation(), what, how));
            }
        }
    }

    private static Origin PlaceOf(IOperation target) => target switch
    {
        IFieldReferenceOperation { Field.IsStatic: true } or IPropertyReferenceOperation { Property.IsStatic: true } => Origin.Static,
        IFieldReferenceOperation field => Origins.Of(field.Instance),
        IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation } property => Origins.Of(property.Instance),
        IArrayElementReferenceOperation element => Origins.Of(element.ArrayReference),
        _ => Origin.Unknown,
    };

    private static string Shown(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field: var field } => field.ContainingType.Name + "." + field.Name,
        IPropertyReferenceOperation { Property: { IsIndexer: true }, Instance: { } instance } => Shown(instance),
        IPropertyReferenceOperation { Property: var property } => property.ContainingType.Name + "." + property.Name,
        IArrayElementReferenceOperation element => Shown(element.ArrayReference),
        IConversionOperation conversion => Shown(conversion.Operand),
        _ => operation.Syntax.ToString(),
    };

    private static bool EventKeeps(IEventReferenceOperation @event) =>
        @event.Event.IsStatic || (@event.Instance is not IInstanceReferenceOperation && Origins.Of(@event.Instance) != Origin.Unknown);

    private static IEventReferenceOperation? Raised(IOperation? invoked) => invoked switch
    {
        IEventReferenceOperation @event => @event,
        IConditionalAccessInstanceOperation inner => Owner.Accessed(inner) as IEventReferenceOperation,
        _ => null,
    };

    private static bool IsInFunction(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
