using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2007: messages of two wire classes, or of one, that each await the other, with nothing to let them in.</summary>
/// <remarks>A chain that comes back to itself is let in by the runtime. Two chains that start at opposite ends are not each other's callers, so neither is.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OppositeChains() : WireRule(Rules.OppositeChains)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        var waits = new ConcurrentBag<(IMethodSymbol From, IMethodSymbol To)>();
        WireCode.OnOperations(context, wires, c => Collect(c, wires, waits), OperationKind.Await);
        context.RegisterCompilationEndAction(c => Report(c, waits));
    }

    private static void Collect(WireOperation context, WireCompilation wires, ConcurrentBag<(IMethodSymbol From, IMethodSymbol To)> waits)
    {
        if (context.ContainingSymbol is not IMethodSymbol from || !HoldsWire(from, wires) || Owner.IsInLambda(context.Operation))
        {
            return;
        }

        foreach (IOperation operation in context.Operation.Descendants())
        {
            if (operation is IInvocationOperation call && wires.WireMethodOf(call.TargetMethod) is { } to && HoldsWire(to, wires) && !WireCompilation.Has(to, wires.Types.OneWay))
            {
                waits.Add((from, to.OriginalDefinition));
            }
        }
    }

    // An [Interleave] method lets every call in and may come in itself. A stream takes a turn for each item only.
    private static bool HoldsWire(IMethodSymbol method, WireCompilation wires) =>
        (wires.IsMessage(method) || WireCompilation.Has(method, wires.Types.Every))
        && !WireCompilation.Has(method, wires.Types.Interleave) && !WellKnownTypes.Is(method.ReturnType, wires.Types.AsyncEnumerable);

    private void Report(CompilationAnalysisContext context, ConcurrentBag<(IMethodSymbol From, IMethodSymbol To)> waits)
    {
        var ordered = waits.Distinct().OrderBy(w => Text(w.From), StringComparer.Ordinal).ThenBy(w => Text(w.To), StringComparer.Ordinal).ToList();
        var reported = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        for (int i = 0; i < ordered.Count; i++)
        {
            for (int j = i; j < ordered.Count; j++)
            {
                // One finding for a callee: once it interleaves, every cycle through it is gone.
                if (Same(ordered[i].To, ordered[j].From) && Same(ordered[j].To, ordered[i].From)
                    && ordered[i].To.Locations[0].IsInSource && reported.Add(ordered[i].To))
                {
                    string cycle = i == j
                        ? $"'{Text(ordered[i].From)}' awaits '{Text(ordered[i].To)}' of another wire of its class, which may do the same"
                        : $"'{Text(ordered[i].From)}' awaits '{Text(ordered[i].To)}', and '{Text(ordered[j].From)}' awaits '{Text(ordered[j].To)}'";
                    context.ReportDiagnostic(Diagnostic.Create(Rule, ordered[i].To.Locations[0], cycle, ordered[i].To.Name));
                }
            }
        }
    }

    private static bool Same(IMethodSymbol a, IMethodSymbol b) => SymbolEqualityComparer.Default.Equals(a.ContainingType.OriginalDefinition, b.ContainingType.OriginalDefinition);

    private static string Text(IMethodSymbol method) => $"{method.ContainingType.Name}.{method.Name}";
}
