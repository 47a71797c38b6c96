using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2006: a call to a wire that is a statement, so that nobody waits for it or sees its failure.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedCall() : WireRule(Rules.DroppedCall, WireUse.Ref)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterOperationAction(c => Check(c, wires), OperationKind.ExpressionStatement);

    private void Check(OperationAnalysisContext context, WireCompilation wires)
    {
        IOperation statement = ((IExpressionStatementOperation)context.Operation).Operation;
        if (statement is IConditionalAccessOperation access)
        {
            statement = access.WhenNotNull;
        }

        if (statement is IInvocationOperation { TargetMethod: { IsStatic: false } method } call
            && wires.IsWireRef(method.ContainingType)
            && (WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTaskOf))
            && !IsOneWay(method, wires))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), method.Name));
        }
    }

    // Its ValueTask says only that the message is queued, and whoever made it one-way wanted no answer.
    private static bool IsOneWay(IMethodSymbol refMethod, WireCompilation wires) =>
        WireCompilation.Has(refMethod, wires.Types.OneWay)
        || (wires.WireMethodOf(refMethod) is { } method && WireCompilation.Has(method, wires.Types.OneWay));
}
