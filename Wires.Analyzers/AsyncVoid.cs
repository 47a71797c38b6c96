using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE2003: async code of a wire that nobody can wait for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoid() : WireRule(Rules.AsyncVoid)
{
    /// <summary>Set when the return type is this declaration's to choose.</summary>
    public const string CanReturnWireTask = nameof(CanReturnWireTask);

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(CanReturnWireTask, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolAction(
            c =>
            {
                // The rarer first: whether a type is a base of a wire is known only once all types are declared.
                if (c.Symbol is IMethodSymbol { IsAsync: true, ReturnsVoid: true } method && wires.IsPartOfWire(method.ContainingType))
                {
                    Check(method, c.ReportDiagnostic);
                }
            },
            SymbolKind.Method);
        WireCode.OnOperations(
            context, wires,
            c =>
            {
                switch (c.Operation)
                {
                    case ILocalFunctionOperation local:
                        Check(local.Symbol, c.ReportDiagnostic);
                        break;
                    case IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda:
                        c.ReportDiagnostic(Diagnostic.Create(Rule, lambda.Syntax.GetFirstToken().GetLocation(), "This lambda"));
                        break;
                }
            },
            OperationKind.LocalFunction, OperationKind.AnonymousFunction);
    }

    private void Check(IMethodSymbol method, Action<Diagnostic> report)
    {
        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            bool isFree = method.MethodKind == MethodKind.LocalFunction || !WireCode.HasFixedSignature(method);
            report(Diagnostic.Create(Rule, method.Locations[0], isFree ? Fixable : ImmutableDictionary<string, string?>.Empty, $"'{method.Name}'"));
        }
    }
}
