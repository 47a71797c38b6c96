using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE3001: a field of a wire holds what belongs to its node.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateCannotTravel() : WireRule(Rules.StateCannotTravel)
{
    // An object header of the format counts up to here; greater values are marks.
    private const int MostFields = 249;

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolAction(c => CheckMember(c, wires), SymbolKind.Field, SymbolKind.Property, SymbolKind.Event);
        context.RegisterSymbolAction(c => CheckCount(c, wires), SymbolKind.NamedType);
    }

    private void CheckMember(SymbolAnalysisContext context, WireCompilation wires)
    {
        if (StateField.TypeOf(context.Symbol, wires) is { } type && wires.Travel.Problem(type) is { IsHidden: false } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Symbol.Locations[0], context.Symbol.Name, problem.Reason));
        }
    }

    private void CheckCount(SymbolAnalysisContext context, WireCompilation wires)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (wires.IsWireClass(type) && type.GetMembers().Length > MostFields)
        {
            int count = 0;
            for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
            {
                count += level.GetMembers().Count(m => StateField.TypeOf(m, wires) is not null);
            }

            if (count > MostFields)
            {
                string reason = string.Format(CultureInfo.InvariantCulture, "it has {0} state fields, and the format counts to {1}; group some in a type of their own", count, MostFields);
                context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], type.Name, reason));
            }
        }
    }
}
