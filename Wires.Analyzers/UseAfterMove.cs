using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE1005: a local or parameter that is used again on some path after it was given to a <c>[Move]</c> parameter of a wire.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAfterMove() : WireRule(Rules.UseAfterMove, WireUse.Ref)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        RefMentions.OnCalls(context, HasVariable, (c, call) => Check(c, call, wires));

    private static bool HasVariable(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Any(static a => a.Expression is not LiteralExpressionSyntax);

    private void Check(SemanticModelAnalysisContext context, IInvocationOperation call, WireCompilation wires)
    {
        if (call.TargetMethod.IsStatic || call.Arguments.IsEmpty || !wires.IsWireRef(call.TargetMethod.ContainingType) || Owner.IsInLambda(call) || IsInLocalFunction(call))
        {
            return;
        }

        IMethodSymbol? wireMethod = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument is not { Parameter: { } parameter, ArgumentKind: ArgumentKind.Explicit } || Variable(argument.Value) is not { } variable)
            {
                continue;
            }

            // The ref repeats the parameter; what is said of it is said on the wire class.
            wireMethod ??= wires.WireMethodOf(call.TargetMethod);
            bool isMoved = WireCompilation.Has(parameter, wires.Types.Move)
                || (wireMethod is not null && WireCompilation.Has(wireMethod.Parameters[parameter.Ordinal], wires.Types.Move));
            if (isMoved)
            {
                Follow(context, call, argument, variable);
            }
        }
    }

    private void Follow(SemanticModelAnalysisContext context, IInvocationOperation call, IArgumentOperation argument, ISymbol variable)
    {
        IOperation root = call;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        if (ControlFlowGraph.Create(root.Syntax, context.SemanticModel, context.CancellationToken) is not { } graph)
        {
            return;
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            ImmutableArray<IOperation> steps = Steps(block);
            for (int i = 0; i < steps.Length; i++)
            {
                if (steps[i].DescendantsAndSelf().Any(o => o.Syntax == argument.Value.Syntax && SymbolEqualityComparer.Default.Equals(Variable(o), variable)) && HoldsCall(steps, i, call))
                {
                    Report(context, call, variable, FirstUses(block, IndexOfCall(steps, i, call) + 1, variable));
                    return;
                }
            }
        }
    }

    private void Report(SemanticModelAnalysisContext context, IInvocationOperation call, ISymbol variable, IEnumerable<IOperation> uses)
    {
        foreach (IOperation use in uses)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, use.Syntax.GetLocation(), variable.Name, call.TargetMethod.Name));
        }
    }

    // Where arguments branch, the graph spills them into steps before the call; uses count from the call on.
    private static bool HoldsCall(ImmutableArray<IOperation> steps, int from, IInvocationOperation call) => IndexOfCall(steps, from, call) < steps.Length;

    private static int IndexOfCall(ImmutableArray<IOperation> steps, int from, IInvocationOperation call)
    {
        int i = from;
        while (i < steps.Length && !steps[i].DescendantsAndSelf().Any(o => o is IInvocationOperation && o.Syntax == call.Syntax))
        {
            i++;
        }

        return i;
    }

    /// <summary>The first use on each path; an assignment ends its path.</summary>
    private static HashSet<IOperation> FirstUses(BasicBlock start, int index, ISymbol variable)
    {
        var uses = new HashSet<IOperation>();
        var seen = new HashSet<BasicBlock>();
        var queue = new Queue<(BasicBlock Block, int Index)>();
        queue.Enqueue((start, index));
        while (queue.Count > 0)
        {
            (BasicBlock block, int from) = queue.Dequeue();
            ImmutableArray<IOperation> steps = Steps(block);
            bool ended = false;
            for (int i = from; i < steps.Length && !ended; i++)
            {
                if (Use(steps[i], variable) is { } use)
                {
                    ended = true;
                    if (!IsOverwritten(use))
                    {
                        uses.Add(use);
                    }
                }
            }

            if (!ended)
            {
                foreach (ControlFlowBranch? branch in (ControlFlowBranch?[])[block.ConditionalSuccessor, block.FallThroughSuccessor])
                {
                    if (branch?.Destination is { } next && seen.Add(next))
                    {
                        queue.Enqueue((next, 0));
                    }
                }
            }
        }

        return uses;
    }

    private static ImmutableArray<IOperation> Steps(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations;

    // A read beats a write of the same step: `x = Grow(x)` uses the old value first.
    private static IOperation? Use(IOperation step, ISymbol variable)
    {
        IOperation? written = null;
        foreach (IOperation inner in step.DescendantsAndSelf())
        {
            if (SymbolEqualityComparer.Default.Equals(Variable(inner), variable))
            {
                if (!IsOverwritten(inner))
                {
                    return inner;
                }

                written = inner;
            }
        }

        return written;
    }

    private static bool IsOverwritten(IOperation use) => use.Parent switch
    {
        ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, use),
        IArgumentOperation { Parameter.RefKind: RefKind.Out } => true,
        ITupleOperation => Writes.To(use),
        _ => false,
    };

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local.IsRef: false } local => local.Local,
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsInLocalFunction(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
