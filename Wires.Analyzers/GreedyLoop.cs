using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2002: a loop that keeps its thread for ever, or for very long by a constant bound.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GreedyLoop() : WireRule(Rules.GreedyLoop)
{
    private const long ManyRounds = 10_000_000;

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        WireCode.OnOperations(context, wires, Check, OperationKind.Loop);

    private void Check(WireOperation context)
    {
        var loop = (ILoopOperation)context.Operation;
        if (Owner.IsInLambda(loop) || Endlessness(loop) is not { } endlessness || CanLeave(loop, loop))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(Rule, loop.Syntax.GetFirstToken().GetLocation(), endlessness));
    }

    private static string? Endlessness(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { ConditionIsUntil: false, Condition.ConstantValue: { HasValue: true, Value: true } } => "never ends",
        IForLoopOperation { Condition: null } => "never ends",
        IForLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } => "never ends",
        IForLoopOperation { Condition: IBinaryOperation condition } counted when Rounds(counted, condition) is >= ManyRounds and var rounds =>
            "runs " + rounds.ToString("N0", CultureInfo.InvariantCulture) + " times",
        _ => null,
    };

    // for (int i = 0; i < N; i++) with constants, up or down; anything less plain is not guessed at.
    private static long? Rounds(IForLoopOperation loop, IBinaryOperation condition)
    {
        if (loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Initializer.Value.ConstantValue: { HasValue: true, Value: var from } } variable] }] }]
            || loop.AtLoopBottom is not [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation step }]
            || Local(step.Target) is not { } stepped || !SymbolEqualityComparer.Default.Equals(stepped, variable.Symbol)
            || Local(condition.LeftOperand) is not { } compared || !SymbolEqualityComparer.Default.Equals(compared, variable.Symbol)
            || condition.RightOperand.ConstantValue is not { HasValue: true, Value: var to }
            || Number(from) is not { } first || Number(to) is not { } last)
        {
            return null;
        }

        return (step.Kind, condition.OperatorKind) switch
        {
            (OperationKind.Increment, BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual) => last - first,
            (OperationKind.Decrement, BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual) => first - last,
            _ => null,
        };
    }

    private static ILocalSymbol? Local(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IConversionOperation { Operand: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    private static long? Number(object? value) => value switch
    {
        int i => i,
        long l => l,
        uint u => u,
        _ => null,
    };

    /// <summary>Whether anything in the loop lets other wires run, or ends it.</summary>
    private static bool CanLeave(IOperation operation, ILoopOperation loop)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            bool leaves = child switch
            {
                IAwaitOperation or IReturnOperation or IThrowOperation => true,
                IForEachLoopOperation { IsAsynchronous: true } => true,
                IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } => true,
                IBranchOperation branch => !IsInside(branch, loop),
                IAnonymousFunctionOperation or ILocalFunctionOperation => false,
                _ => CanLeave(child, loop),
            };
            if (leaves)
            {
                return true;
            }
        }

        return false;
    }

    // `continue` and a `break` out of an inner loop or switch stay in; a goto may go anywhere.
    private static bool IsInside(IBranchOperation branch, ILoopOperation loop) =>
        branch.BranchKind == BranchKind.Continue
        || (branch.BranchKind == BranchKind.Break && !SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel));
}
