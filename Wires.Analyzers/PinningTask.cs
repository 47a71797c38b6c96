using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE3003: an async method of a wire that returns a task of the base library, whose stack cannot travel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PinningTask() : WireRule(Rules.PinningTask)
{
    /// <summary>Set when every use in the class awaits the call at once, so that the return type can change under it.</summary>
    public const string CanReturnWireTask = nameof(CanReturnWireTask);

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(CanReturnWireTask, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (!wires.IsPartOfWire(type))
                {
                    return;
                }

                // A use that is not awaited on the spot (Task.WhenAll, a field, a delegate) may need a Task.
                var others = new System.Collections.Concurrent.ConcurrentDictionary<IMethodSymbol, bool>(SymbolEqualityComparer.Default);
                var found = new System.Collections.Concurrent.ConcurrentBag<IMethodSymbol>();
                start.RegisterOperationAction(
                    c =>
                    {
                        switch (c.Operation)
                        {
                            case IInvocationOperation { Parent: not IAwaitOperation } call:
                                others[call.TargetMethod.OriginalDefinition] = true;
                                break;
                            case IMethodReferenceOperation reference:
                                others[reference.Method.OriginalDefinition] = true;
                                break;
                            case ILocalFunctionOperation local when IsPinning(local.Symbol, wires):
                                found.Add(local.Symbol);
                                break;
                        }
                    },
                    OperationKind.Invocation, OperationKind.MethodReference, OperationKind.LocalFunction);
                start.RegisterSymbolEndAction(end =>
                {
                    foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.MethodKind == MethodKind.Ordinary && IsPinning(m, wires)).Concat(found))
                    {
                        if (method.MethodKind == MethodKind.LocalFunction || !WireCode.HasFixedSignature(method))
                        {
                            // Callers outside the class, other than through the ref, can be seen only where the method is private.
                            bool isFixable = !others.ContainsKey(method) && (method.MethodKind == MethodKind.LocalFunction || method.DeclaredAccessibility == Accessibility.Private || wires.IsMessage(method));
                            Report(end, method, isFixable);
                        }
                    }
                });
            },
            SymbolKind.NamedType);
    }

    private void Report(SymbolAnalysisContext context, IMethodSymbol method, bool isFixable)
    {
        string returned = method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string better = "WireTask" + returned.Substring(method.ReturnType.Name.Length);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule, method.Locations[0], isFixable ? Fixable : ImmutableDictionary<string, string?>.Empty, method.Name, returned, better));
    }

    private static bool IsPinning(IMethodSymbol method, WireCompilation wires) =>
        method.IsAsync
        && (WellKnownTypes.Is(method.ReturnType, wires.Types.Task) || WellKnownTypes.Is(method.ReturnType, wires.Types.TaskOf)
            || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTask) || WellKnownTypes.Is(method.ReturnType, wires.Types.ValueTaskOf));
}
