using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>What all rules share: one id, concurrent, silent on generated code, and absent from compilations that have nothing to check.</summary>
public abstract class WireRule : DiagnosticAnalyzer
{
    private readonly WireUse _need;

    private protected WireRule(DiagnosticDescriptor rule, WireUse need = WireUse.Class, DiagnosticDescriptor? other = null)
    {
        Rule = rule;
        _need = need;
        SupportedDiagnostics = other is null ? [rule] : [rule, other];
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    private protected DiagnosticDescriptor Rule { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (WireCompilation.Of(start.Compilation, start.CancellationToken) is { } wires && (wires.Use & _need) != WireUse.None)
            {
                Start(start, wires);
            }
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext context, WireCompilation wires);
}
