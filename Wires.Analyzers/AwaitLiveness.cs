using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Finds what is alive at each await of a control-flow graph: variables and spilled values that some path reads before it writes them.</summary>
internal sealed class AwaitLiveness
{
    private readonly ControlFlowGraph _graph;
    private readonly IMethodSymbol _function;
    private readonly Dictionary<int, HashSet<object>> _aliveAtStart = [];
    private readonly Dictionary<int, HashSet<int>> _next = [];
    private readonly Dictionary<int, List<int>> _handlers = [];
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<int, List<Event>> _events = [];

    private AwaitLiveness(ControlFlowGraph graph, IMethodSymbol function)
    {
        _graph = graph;
        _function = function;
        foreach (BasicBlock block in graph.Blocks)
        {
            _next[block.Ordinal] = [];
            _handlers[block.Ordinal] = [];
            _aliveAtStart[block.Ordinal] = [];
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            Link(block, block.FallThroughSuccessor);
            Link(block, block.ConditionalSuccessor);
            FindHandlers(block);
            var events = new List<Event>();
            foreach (IOperation step in Steps(block))
            {
                Read(step, events);
            }

            _events[block.Ordinal] = events;
        }
    }

    private enum EventKind
    {
        Use,
        Write,
        Await,
    }

    public static IEnumerable<(IOperation Await, AliveValue Alive)> Of(ControlFlowGraph graph, IMethodSymbol function)
    {
        var liveness = new AwaitLiveness(graph, function);
        liveness.Solve();
        return liveness.AtAwaits();
    }

    public static ImmutableArray<IOperation> Steps(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations;

    private void Solve()
    {
        var queue = new Queue<int>(_graph.Blocks.Select(static b => b.Ordinal).Reverse());
        var queued = new HashSet<int>(queue);
        var before = new Dictionary<int, List<int>>();
        foreach (BasicBlock block in _graph.Blocks)
        {
            foreach (int next in _next[block.Ordinal].Concat(_handlers[block.Ordinal]))
            {
                if (!before.TryGetValue(next, out List<int>? list))
                {
                    before.Add(next, list = []);
                }

                list.Add(block.Ordinal);
            }
        }

        while (queue.Count > 0)
        {
            int block = queue.Dequeue();
            queued.Remove(block);
            HashSet<object> alive = Backwards(block, null);
            if (alive.Count > _aliveAtStart[block].Count)
            {
                _aliveAtStart[block] = alive;
                foreach (int previous in before.TryGetValue(block, out List<int>? list) ? list : [])
                {
                    if (queued.Add(previous))
                    {
                        queue.Enqueue(previous);
                    }
                }
            }
        }
    }

    private List<(IOperation, AliveValue)> AtAwaits()
    {
        var found = new List<(IOperation, AliveValue)>();
        foreach (BasicBlock block in _graph.Blocks)
        {
            if (block.IsReachable)
            {
                Backwards(block.Ordinal, found);
            }
        }

        return found;
    }

    private HashSet<object> Backwards(int block, List<(IOperation, AliveValue)>? found)
    {
        var alive = new HashSet<object>();
        foreach (int next in _next[block])
        {
            alive.UnionWith(_aliveAtStart[next]);
        }

        // What a handler reads is alive all through the block: any step of it may throw.
        var always = new HashSet<object>();
        foreach (int handler in _handlers[block])
        {
            always.UnionWith(_aliveAtStart[handler]);
        }

        alive.UnionWith(always);
        List<Event> events = _events[block];
        for (int i = events.Count - 1; i >= 0; i--)
        {
            Event step = events[i];
            switch (step.Kind)
            {
                case EventKind.Use:
                    alive.Add(step.Key!);
                    break;
                case EventKind.Write when !always.Contains(step.Key!):
                    alive.Remove(step.Key!);
                    break;
                case EventKind.Await when found is not null:
                    AddAlive(step, alive, found);
                    break;
            }
        }

        return alive;
    }

    private void AddAlive(Event step, HashSet<object> alive, List<(IOperation, AliveValue)> found)
    {
        foreach (object key in alive)
        {
            switch (key)
            {
                case ILocalSymbol local:
                    found.Add((step.Operation, new AliveValue(local, local.Type)));
                    break;
                case IParameterSymbol parameter:
                    found.Add((step.Operation, new AliveValue(parameter, parameter.Type)));
                    break;
                case CaptureId id when _captured.TryGetValue(id, out IOperation? value) && (IsValue(value) || ForEachSource.IsEnumerator(value)):
                    found.Add((step.Operation, Named(value)));
                    break;
            }
        }

        foreach (IOperation spilled in Spilled(step.Operation))
        {
            found.Add((step.Operation, Named(spilled)));
        }
    }

    // A copy of a variable is that variable to the reader.
    private AliveValue Named(IOperation value) => Variable(value) switch
    {
        ILocalSymbol local => new AliveValue(local, local.Type),
        IParameterSymbol parameter => new AliveValue(parameter, parameter.Type),
        _ => new AliveValue(value),
    };

    /// <summary>Values that the same expression computed before the await and uses after it, as in <c>list.Add(await x)</c>.</summary>
    private static IEnumerable<IOperation> Spilled(IOperation await)
    {
        IOperation child = await;
        for (IOperation? outer = await.Parent; outer is not null; child = outer, outer = outer.Parent)
        {
            foreach (IOperation earlier in outer.ChildOperations)
            {
                if (ReferenceEquals(earlier, child))
                {
                    break;
                }

                if (outer is ISimpleAssignmentOperation { IsRef: false } assignment && ReferenceEquals(earlier, assignment.Target))
                {
                    // The place is known before, but not read.
                    foreach (IOperation part in earlier.ChildOperations)
                    {
                        if (IsValue(Plain(part)))
                        {
                            yield return Plain(part);
                        }
                    }
                }
                else if (IsValue(Plain(earlier)))
                {
                    yield return Plain(earlier);
                }
            }
        }
    }

    private static IOperation Plain(IOperation operation) => operation switch
    {
        IArgumentOperation argument => Plain(argument.Value),
        IConversionOperation { OperatorMethod: null } conversion => Plain(conversion.Operand),
        IInterpolationOperation interpolation => Plain(interpolation.Expression),
        _ => operation,
    };

    // Constants, `this` and names are no values of their own, and captures are followed by themselves.
    private static bool IsValue(IOperation operation) =>
        operation is { Type: not null, ConstantValue.HasValue: false, IsImplicit: false }
        and not (IInstanceReferenceOperation or IFlowCaptureReferenceOperation or IDelegateCreationOperation or IFlowAnonymousFunctionOperation or IMethodReferenceOperation or IDeclarationExpressionOperation or IDiscardOperation
            or IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } or IAwaitOperation or IInterpolatedStringTextOperation or IArgumentOperation);

    private void Read(IOperation operation, List<Event> events)
    {
        switch (operation)
        {
            case IFlowAnonymousFunctionOperation or INameOfOperation:
                return;
            case ISimpleAssignmentOperation { IsRef: false } assignment when Variable(assignment.Target) is { } target:
                Read(assignment.Value, events);
                events.Add(new(EventKind.Write, target, operation));
                return;
            case IDeconstructionAssignmentOperation deconstruction:
                Read(deconstruction.Value, events);
                WriteTargets(deconstruction.Target, events);
                return;
            case IFlowCaptureOperation capture:
                Read(capture.Value, events);
                _captured[capture.Id] = capture.Value;
                events.Add(new(EventKind.Write, capture.Id, operation));
                return;
            case IFlowCaptureReferenceOperation reference:
                events.Add(new(EventKind.Use, reference.Id, operation));
                return;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument when Variable(argument.Value) is { } target:
                events.Add(new(EventKind.Write, target, operation));
                return;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            Read(child, events);
        }

        switch (operation)
        {
            case IAwaitOperation:
                events.Add(new(EventKind.Await, null, operation));
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol declared }:
                events.Add(new(EventKind.Write, declared, operation));
                break;
            case IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol declared }:
                events.Add(new(EventKind.Write, declared, operation));
                break;
            case IListPatternOperation { DeclaredSymbol: ILocalSymbol declared }:
                events.Add(new(EventKind.Write, declared, operation));
                break;
            default:
                if (Variable(operation) is { } variable)
                {
                    events.Add(new(EventKind.Use, variable, operation));
                }

                break;
        }
    }

    private void WriteTargets(IOperation target, List<Event> events)
    {
        switch (target)
        {
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                {
                    WriteTargets(element, events);
                }

                break;
            case IDeclarationExpressionOperation declaration:
                WriteTargets(declaration.Expression, events);
                break;
            default:
                if (Variable(target) is { } variable)
                {
                    events.Add(new(EventKind.Write, variable, target));
                }
                else
                {
                    Read(target, events);
                }

                break;
        }
    }

    // Variables of an outer function live in a closure, not in this frame.
    private ISymbol? Variable(IOperation operation) => operation switch
    {
        IDeclarationExpressionOperation declaration => Variable(declaration.Expression),
        ILocalReferenceOperation { Local: { IsRef: false, IsConst: false } local } => IsOwn(local) ? local : null,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => IsOwn(parameter) ? parameter : null,
        _ => null,
    };

    private bool IsOwn(ISymbol variable) => SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, _function);

    private void Link(BasicBlock block, ControlFlowBranch? branch)
    {
        if (branch is null)
        {
            return;
        }

        // A branch out of a try runs its finally regions first; a finally goes on wherever it was entered for.
        int from = block.Ordinal;
        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            _next[from].Add(region.FirstBlockOrdinal);
            from = region.LastBlockOrdinal;
        }

        if (branch.Destination is { } destination)
        {
            _next[from].Add(destination.Ordinal);
        }
    }

    private void FindHandlers(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { } whole)
            {
                foreach (ControlFlowRegion handler in whole.NestedRegions)
                {
                    if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler)
                    {
                        _handlers[block.Ordinal].Add(handler.FirstBlockOrdinal);
                    }
                }
            }
        }
    }

    private readonly struct Event(EventKind kind, object? key, IOperation operation)
    {
        public EventKind Kind { get; } = kind;

        public object? Key { get; } = key;

        public IOperation Operation { get; } = operation;
    }
}
