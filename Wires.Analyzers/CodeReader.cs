using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Reads the facts of one body, lambdas and local functions included, save those that run on other threads.</summary>
internal sealed class CodeReader(WireCompilation wires, BlockingCalls blocking, SharedStatics statics)
{
    public CodeFacts Read(IEnumerable<IOperation> bodies)
    {
        var walk = new Walk(wires, blocking, statics);
        foreach (IOperation body in bodies)
        {
            walk.Visit(body);
        }

        return walk.Result();
    }

    private sealed class Walk(WireCompilation wires, BlockingCalls blockingCalls, SharedStatics sharedStatics) : OperationWalker
    {
        private readonly ImmutableArray<CodeFact>.Builder _blocking = ImmutableArray.CreateBuilder<CodeFact>();
        private readonly ImmutableArray<CodeFact>.Builder _statics = ImmutableArray.CreateBuilder<CodeFact>();
        private readonly ImmutableArray<(IMethodSymbol, Location)>.Builder _calls = ImmutableArray.CreateBuilder<(IMethodSymbol, Location)>();

        // Tasks that were awaited, or asked whether they are done: their results are there.
        private readonly HashSet<ISymbol> _done = new(SymbolEqualityComparer.Default);

        public CodeFacts Result() => new(_blocking.ToImmutable(), _statics.ToImmutable(), _calls.ToImmutable());

        public override void VisitAnonymousFunction(IAnonymousFunctionOperation operation)
        {
            if (!Spawners.Runs(operation))
            {
                base.VisitAnonymousFunction(operation);
            }
        }

        public override void VisitNameOf(INameOfOperation operation)
        {
            // Names nothing that runs.
        }

        public override void VisitAwait(IAwaitOperation operation)
        {
            foreach (IOperation inner in operation.Operation.DescendantsAndSelf())
            {
                if (Symbol(inner) is { } symbol)
                {
                    _done.Add(symbol);
                }
            }

            base.VisitAwait(operation);
        }

        public override void VisitInvocation(IInvocationOperation operation)
        {
            IMethodSymbol method = operation.TargetMethod;
            if (IsGetResult(operation, out IOperation? task))
            {
                if (!IsDone(task!))
                {
                    _blocking.Add(new CodeFact("GetAwaiter().GetResult()", operation.Syntax.GetLocation(), BlockingCalls.AwaitReceiver));
                }
            }
            else if (blockingCalls.Blocks(method, out string? twin) && !IsInstant(operation) && !(twin == BlockingCalls.AwaitReceiver && operation.Instance is { } waited && IsDone(waited)))
            {
                _blocking.Add(new CodeFact($"{method.ContainingType.Name}.{method.Name}", operation.Syntax.GetLocation(), twin));
            }
            else
            {
                AddCall(method, operation.IsVirtual, operation.Syntax.GetLocation());
            }

            base.VisitInvocation(operation);
        }

        public override void VisitObjectCreation(IObjectCreationOperation operation)
        {
            if (operation.Constructor is { } constructor)
            {
                AddCall(constructor, isVirtual: false, operation.Syntax.GetLocation());
                AddStaticStart(constructor.ContainingType, operation.Syntax.GetLocation());
            }

            base.VisitObjectCreation(operation);
        }

        public override void VisitPropertyReference(IPropertyReferenceOperation operation)
        {
            IPropertySymbol property = operation.Property;
            if (property.Name == "Result" && IsTask(property.ContainingType))
            {
                if (operation.Instance is { } task && !IsDone(task))
                {
                    _blocking.Add(new CodeFact($"{property.ContainingType.Name}.Result", operation.Syntax.GetLocation(), BlockingCalls.AwaitReceiver));
                }
            }
            else if (property.Name.StartsWith("IsCompleted", StringComparison.Ordinal) || property.Name is "Status" or "IsFaulted" or "IsCanceled")
            {
                if (operation.Instance is { } asked && Symbol(asked) is { } symbol)
                {
                    _done.Add(symbol);
                }
            }
            else if (sharedStatics.Shared(property, Writes.To(operation)) is { } name)
            {
                _statics.Add(new CodeFact(name, operation.Syntax.GetLocation(), symbol: property));
            }
            else
            {
                bool isVirtual = operation.Instance is not IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };
                bool isWritten = Writes.To(operation);

                // `x.N += 1` runs both.
                foreach (IMethodSymbol? accessor in new[] { isWritten && operation.Parent is ISimpleAssignmentOperation ? null : property.GetMethod, isWritten ? property.SetMethod : null })
                {
                    if (accessor is not null)
                    {
                        AddCall(accessor, isVirtual, operation.Syntax.GetLocation());
                    }
                }
            }

            base.VisitPropertyReference(operation);
        }

        public override void VisitBinaryOperator(IBinaryOperation operation)
        {
            AddOperator(operation.OperatorMethod, operation);
            base.VisitBinaryOperator(operation);
        }

        public override void VisitUnaryOperator(IUnaryOperation operation)
        {
            AddOperator(operation.OperatorMethod, operation);
            base.VisitUnaryOperator(operation);
        }

        public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
        {
            AddOperator(operation.OperatorMethod, operation);
            base.VisitCompoundAssignment(operation);
        }

        public override void VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation)
        {
            AddOperator(operation.OperatorMethod, operation);
            base.VisitIncrementOrDecrement(operation);
        }

        public override void VisitConversion(IConversionOperation operation)
        {
            AddOperator(operation.OperatorMethod, operation);
            base.VisitConversion(operation);
        }

        public override void VisitFieldReference(IFieldReferenceOperation operation)
        {
            if (operation.Field is { IsStatic: true, IsConst: false })
            {
                AddStaticStart(operation.Field.ContainingType, operation.Syntax.GetLocation());
            }

            if (sharedStatics.Shared(operation) is { } name)
            {
                _statics.Add(new CodeFact(name, operation.Syntax.GetLocation(), symbol: operation.Field));
            }

            base.VisitFieldReference(operation);
        }

        private void AddOperator(IMethodSymbol? method, IOperation operation)
        {
            if (method is not null)
            {
                AddCall(method, isVirtual: false, operation.Syntax.GetLocation());
            }
        }

        private void AddCall(IMethodSymbol method, bool isVirtual, Location where)
        {
            if (wires.CodeOf(method, isVirtual) is { } target)
            {
                if (target.IsStatic)
                {
                    AddStaticStart(target.ContainingType, where);
                }

                _calls.Add((target, where));
            }
        }

        // The first use of a class runs its static constructor, be it that of a wire.
        private void AddStaticStart(INamedTypeSymbol type, Location where)
        {
            foreach (IMethodSymbol start in type.OriginalDefinition.StaticConstructors)
            {
                if (!start.IsImplicitlyDeclared && !start.DeclaringSyntaxReferences.IsEmpty)
                {
                    _calls.Add((start, where));
                }
            }
        }

        private bool IsTask(INamedTypeSymbol type) => WellKnownTypes.Is(type, wires.Types.TaskOf) || WellKnownTypes.Is(type, wires.Types.ValueTaskOf);

        private bool IsGetResult(IInvocationOperation operation, out IOperation? task)
        {
            task = operation is { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } } ? awaited : null;
            if (task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured })
            {
                task = configured;
            }

            return task?.Type is INamedTypeSymbol type
                && (IsTask(type) || WellKnownTypes.Is(type, wires.Types.Task) || WellKnownTypes.Is(type, wires.Types.ValueTask)
                    || WellKnownTypes.Is(type, wires.Types.WireTask) || WellKnownTypes.Is(type, wires.Types.WireTaskOf));
        }

        // A task that a continuation or a query is handed (`t => t.Result`) is done by the time it comes.
        private bool IsDone(IOperation task) => Symbol(task) is { } symbol
            ? _done.Contains(symbol) || symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } }
            : task is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } or IConversionOperation;

        // Wait(0) only asks.
        private static bool IsInstant(IInvocationOperation call) =>
            call.TargetMethod.Name is "Wait" or "WaitOne" or "Join" or "Sleep" && call.Arguments.Any(static a => a.Value.ConstantValue is { HasValue: true, Value: 0 }
                || a.Value is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } });

        private static ISymbol? Symbol(IOperation operation) => operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            _ => null,
        };
    }
}
