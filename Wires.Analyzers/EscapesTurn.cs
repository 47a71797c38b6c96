using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2004: code that a wire hands to another thread and that touches the wire's state.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EscapesTurn() : WireRule(Rules.EscapesTurn)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        WireCode.OnOperations(context, wires, c => Check(c, wires), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.EventAssignment);

    private void Check(WireOperation context, WireCompilation wires)
    {
        switch (context.Operation)
        {
            case IInvocationOperation call when Spawners.Name(call) is { } name:
                foreach (IArgumentOperation argument in call.Arguments)
                {
                    CheckCode(argument.Value, name);
                }

                break;
            case IObjectCreationOperation creation when Spawners.Name(creation) is { } name:
                foreach (IArgumentOperation argument in creation.Arguments)
                {
                    CheckCode(argument.Value, name);
                }

                break;
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var @event } } tick when Spawners.IsTick(@event):
                CheckCode(tick.HandlerValue, "A timer's handler");
                break;
        }

        void CheckCode(IOperation value, string name)
        {
            IOperation target = value is IConversionOperation conversion ? conversion.Operand : value;
            if (target is not IDelegateCreationOperation { Target: var code })
            {
                return;
            }

            string? touched = code switch
            {
                IAnonymousFunctionOperation lambda => Touched(lambda.Body, wires),
                IMethodReferenceOperation { Method.IsStatic: false, Instance: IInstanceReferenceOperation } method => method.Method.Name,
                _ => null,
            };
            if (touched is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, code.Syntax.GetLocation(), name, touched));
            }
        }
    }

    /// <summary>The first member of the wire that the code could see change, or change itself.</summary>
    internal static string? Touched(IOperation operation, WireCompilation wires)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            string? touched = child switch
            {
                IFieldReferenceOperation { Field: { IsStatic: false } field, Instance: IInstanceReferenceOperation } => IsConstantOfWire(field, wires) ? null : field.Name,
                IPropertyReferenceOperation { Property: { IsStatic: false } property, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } =>
                    WireCompilation.Has(property, wires.Types.Local) ? null : property.Name,
                IInvocationOperation { TargetMethod: { IsStatic: false } method, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => method.Name,
                IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, IsImplicit: false } => "this",
                _ => Touched(child, wires),
            };
            if (touched is not null)
            {
                return touched;
            }
        }

        return null;
    }

    // A service of the node, or a value that never changes, may be used from anywhere.
    private static bool IsConstantOfWire(IFieldSymbol field, WireCompilation wires) =>
        WireCompilation.Has(field, wires.Types.Local)
        || (field.IsReadOnly && (field.Type.SpecialType == SpecialType.System_String || field.Type is { IsValueType: true, IsUnmanagedType: true } || wires.IsWireRef(field.Type)));
}
