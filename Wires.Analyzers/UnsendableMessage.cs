using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE1004: an argument or a result that can be neither shared nor copied, so the call fails when it is made.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsendableMessage() : WireRule(Rules.UnsendableMessage, WireUse.Class | WireUse.Home)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterSymbolAction(c => Check(c, wires), SymbolKind.Method);

    private void Check(SymbolAnalysisContext context, WireCompilation wires)
    {
        var method = (IMethodSymbol)context.Symbol;
        if ((!wires.IsPartOfWire(method.ContainingType) && !wires.IsHomeInterface(method.ContainingType)) || !wires.IsMessage(method) || UnsupportedMember.Unfit(method) is not null)
        {
            return;
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (!WellKnownTypes.Is(parameter.Type, wires.Types.CancellationToken) && wires.Travel.Problem(parameter.Type) is { } problem)
            {
                Report(parameter.Locations[0], $"Parameter '{parameter.Name}'", problem);
            }
        }

        if (method.ReturnType.SpecialType != SpecialType.System_Void && ResultOf(method.ReturnType, wires) is { } result && wires.Travel.Problem(result) is { } wrong)
        {
            Report(method.Locations[0], "The result", wrong);
        }

        void Report(Location location, string what, TravelProblem problem) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, what, method.Name, problem.Reason));
    }

    /// <summary>The value that goes back: what a task gives, each item of a stream.</summary>
    private static ITypeSymbol? ResultOf(ITypeSymbol type, WireCompilation wires) =>
        wires.Types.IsWithoutResult(type) ? null
        : type is INamedTypeSymbol { Arity: 1 } named
            && (WellKnownTypes.Is(type, wires.Types.WireTaskOf) || WellKnownTypes.Is(type, wires.Types.TaskOf)
                || WellKnownTypes.Is(type, wires.Types.ValueTaskOf) || WellKnownTypes.Is(type, wires.Types.AsyncEnumerable)) ? named.TypeArguments[0]
        : type;
}
