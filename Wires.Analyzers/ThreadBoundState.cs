using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE1008: thread statics, thread locals and async locals in the code of a wire.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadBoundState() : WireRule(Rules.ThreadBoundState)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        INamedTypeSymbol? threadStatic = wires.GetType("System.ThreadStaticAttribute");
        INamedTypeSymbol? threadLocal = wires.GetType("System.Threading.ThreadLocal`1");
        INamedTypeSymbol? asyncLocal = wires.GetType("System.Threading.AsyncLocal`1");

        context.RegisterSymbolAction(
            c =>
            {
                var field = (IFieldSymbol)c.Symbol;

                // Instance fields of these types are state that cannot travel, which WIRE3001 says already.
                if (field is { IsStatic: true, AssociatedSymbol: null } && wires.IsPartOfWire(field.ContainingType) && IsBound(field))
                {
                    c.ReportDiagnostic(Diagnostic.Create(Rule, field.Locations[0], $"'{field.Name}'"));
                }
            },
            SymbolKind.Field);
        WireCode.OnOperations(
            context, wires,
            c =>
            {
                // What the wire declares itself is reported there.
                if (c.Operation is IFieldReferenceOperation { Field: var field } && IsBound(field) && !wires.IsPartOfWire(field.ContainingType))
                {
                    c.ReportDiagnostic(Diagnostic.Create(Rule, c.Operation.Syntax.GetLocation(), $"'{field.ContainingType.Name}.{field.Name}'"));
                }
                else if (c.Operation is IPropertyReferenceOperation { Property: { Name: "Value" } property, Instance: not (null or IFieldReferenceOperation) } use
                    && (WellKnownTypes.Is(property.ContainingType, threadLocal) || WellKnownTypes.Is(property.ContainingType, asyncLocal)))
                {
                    c.ReportDiagnostic(Diagnostic.Create(Rule, use.Syntax.GetLocation(), $"A value of type '{property.ContainingType.Name}'"));
                }
            },
            OperationKind.FieldReference, OperationKind.PropertyReference);

        bool IsBound(IFieldSymbol field) =>
            WellKnownTypes.Is(field.Type, threadLocal) || WellKnownTypes.Is(field.Type, asyncLocal)
            || (field.IsStatic && WireCompilation.Has(field, threadStatic));
    }
}
