using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>A rule about what code of wires does itself, reported as it is typed, and what it reaches through calls, reported at the end of the compilation.</summary>
public abstract class ReachingRule : WireRule
{
    private readonly DiagnosticDescriptor _ruleAtEnd;

    private protected ReachingRule(DiagnosticDescriptor rule, DiagnosticDescriptor ruleAtEnd)
        : base(rule, other: ruleAtEnd) => _ruleAtEnd = ruleAtEnd;

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        CallPaths paths = wires.Paths(context.Options, context.CancellationToken);
        var calls = new ConcurrentBag<(IMethodSymbol Target, Location Where)>();
        WireCode.OnBodies(context, wires, (c, body) => CheckBody(c, body, wires, paths, calls));
        context.RegisterCompilationEndAction(c => CheckCalls(c, paths, calls));
    }

    private protected abstract ImmutableArray<CodeFact> Kind(CodeFacts facts);

    private protected abstract void Report(SemanticModelAnalysisContext context, WireBody body, CodeFact fact);

    private void CheckBody(
        SemanticModelAnalysisContext context, WireBody body, WireCompilation wires, CallPaths paths, ConcurrentBag<(IMethodSymbol Target, Location Where)> calls)
    {
        // What runs once, before there is any wire, is shared by nature and over soon.
        if (body.Owner is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } or IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true })
        {
            return;
        }

        CodeFacts facts = paths.Facts(body);
        foreach (CodeFact fact in Kind(facts))
        {
            Report(context, body, fact);
        }

        foreach ((IMethodSymbol target, Location where) in facts.Calls)
        {
            if (!wires.IsPartOfWire(target.ContainingType))
            {
                calls.Add((target, where));
            }
        }
    }

    private void CheckCalls(CompilationAnalysisContext context, CallPaths paths, ConcurrentBag<(IMethodSymbol Target, Location Where)> calls)
    {
        foreach (IGrouping<IMethodSymbol, (IMethodSymbol Target, Location Where)> group in calls.GroupBy(c => c.Target, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default))
        {
            // One finding for each call: the nearest. The next shows when it is gone.
            foreach ((ImmutableArray<IMethodSymbol> path, CodeFact fact) in paths.Reach(group.Key, Kind, context.CancellationToken).Take(1))
            {
                foreach ((_, Location where) in group)
                {
                    context.ReportDiagnostic(Diagnostic.Create(_ruleAtEnd, where, [fact.Where], fact.Name, CallPaths.Show(path) + " → " + fact.Name));
                }
            }
        }
    }
}
