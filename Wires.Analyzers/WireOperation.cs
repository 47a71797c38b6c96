using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>An operation in the code of a wire, shown to a rule.</summary>
internal readonly struct WireOperation(SemanticModelAnalysisContext context, WireBody body, IOperation operation)
{
    public IOperation Operation { get; } = operation;

    /// <inheritdoc cref="WireBody.Owner"/>
    public ISymbol ContainingSymbol { get; } = body.Owner;

    public CancellationToken CancellationToken => context.CancellationToken;

    public void ReportDiagnostic(Diagnostic diagnostic) => context.ReportDiagnostic(diagnostic);
}
