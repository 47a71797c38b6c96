using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2005: an await that goes on outside the turn. The builder of <c>WireTask</c> re-enters it whatever is said; those of other tasks do not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeavesTurn() : WireRule(Rules.LeavesTurn)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        INamedTypeSymbol? extensions = wires.GetType("System.Threading.Tasks.TaskAsyncEnumerableExtensions");
        WireCode.OnOperations(context, wires, c => Check(c, wires, extensions), OperationKind.Invocation);
    }

    private void Check(WireOperation context, WireCompilation wires, INamedTypeSymbol? extensions)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "ConfigureAwait" || !LeavesContext(call) || !IsAwaited(call))
        {
            return;
        }

        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        bool isTask = WellKnownTypes.Is(type, wires.Types.Task) || WellKnownTypes.Is(type, wires.Types.TaskOf)
            || WellKnownTypes.Is(type, wires.Types.ValueTask) || WellKnownTypes.Is(type, wires.Types.ValueTaskOf) || WellKnownTypes.Is(type, extensions);

        // A static method has no state of the wire to touch, and its caller's await comes back to the turn. A lambda may not be in a turn at all.
        if (isTask && !Owner.IsInLambda(call) && context.ContainingSymbol is IMethodSymbol { IsStatic: false } method
            && Function(call, method) is { IsStatic: false } function && !ReturnsWireTask(function, wires))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), function.Name));
        }
    }

    private static bool LeavesContext(IInvocationOperation call) =>
        call.Arguments.LastOrDefault()?.Value.ConstantValue is { HasValue: true, Value: var value }
        && value switch
        {
            bool continueOnContext => !continueOnContext,
            int options => (options & 1) == 0, // ConfigureAwaitOptions.ContinueOnCapturedContext
            _ => false,
        };

    private static bool IsAwaited(IInvocationOperation call)
    {
        IOperation? parent = call.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true };
    }

    private static IMethodSymbol Function(IOperation operation, IMethodSymbol method)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILocalFunctionOperation local)
            {
                return local.Symbol;
            }
        }

        return method;
    }

    private static bool ReturnsWireTask(IMethodSymbol method, WireCompilation wires) =>
        WellKnownTypes.Is(method.ReturnType, wires.Types.WireTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.WireTaskOf);
}
