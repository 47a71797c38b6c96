using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Wires.Analyzers;

/// <summary>WIRE3004: state that the manifest has and that the code no longer reads. Without a manifest nothing is reported.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateLayout() : WireRule(Rules.StateLayout, WireUse.Class | WireUse.Home)
{
    /// <summary>The name of the lost field, where one of its type is new and so may be the same under another name.</summary>
    public const string FormerName = nameof(FormerName);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        if (WireContracts.Of(context.Options, context.CancellationToken) is { } contracts)
        {
            context.RegisterSymbolAction(c => Check(c, wires, contracts), SymbolKind.NamedType);
            context.RegisterAdditionalFileAction(c => CheckFile(c, wires));
        }
    }

    private void Check(SymbolAnalysisContext context, WireCompilation wires, WireContracts contracts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!wires.IsWireClass(type))
        {
            return;
        }

        var contract = new WireContract(type, wires);
        ImmutableArray<ContractLine> promised = contracts.LinesOf(contract.Name).Where(static l => !l.IsMethod).ToImmutableArray();
        if (promised.IsEmpty)
        {
            return;
        }

        ImmutableArray<ContractMember> state = contract.State();
        foreach (ContractLine line in promised)
        {
            ContractMember member = state.FirstOrDefault(m => string.Equals(m.Line.Name, line.Name, StringComparison.Ordinal));
            if (member.Symbol is null)
            {
                member = state.FirstOrDefault(m => HadName(m.Symbol, line.Name, wires));
            }

            if (member.Symbol is null)
            {
                ReportLost(context, contract, line, NewNameOf(line, state, promised, wires));
            }
            else if (member.IsKnown && !string.Equals(member.Line.Type, line.Type, StringComparison.Ordinal))
            {
                Report(context, contract, member.Symbol, formerName: null,
                    $"'{line.Name}' of wire '{line.Wire}' was '{line.Type}' and is '{member.Line.Type}', which state of older builds is not; add a field of another name beside it, or update {WireContracts.FileName} if no such state is left");
            }
        }
    }

    private void ReportLost(SymbolAnalysisContext context, WireContract contract, ContractLine line, ISymbol? renamed) =>
        Report(context, contract, renamed ?? contract.Type, renamed is null ? null : line.Name, renamed is null
            ? $"'{line.Name}' of wire '{line.Wire}' is gone, and state of older builds has it; bring it back, or update {WireContracts.FileName} if no such state is left"
            : $"'{line.Name}' of wire '{line.Wire}' is gone, and state of older builds has it; if '{renamed.Name}' is its new name, say so with [FormerName(\"{line.Name}\")]");

    private void Report(SymbolAnalysisContext context, WireContract contract, ISymbol where, string? formerName, string message)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(WireContract.Wire, contract.Name);
        if (formerName is not null)
        {
            properties = properties.Add(FormerName, formerName);
        }

        context.ReportDiagnostic(Diagnostic.Create(Rule, contract.LocationOf(where), properties, message));
    }

    // Only a sure guess: one lost and one new field of the type.
    private static ISymbol? NewNameOf(ContractLine lost, ImmutableArray<ContractMember> state, ImmutableArray<ContractLine> promised, WireCompilation wires)
    {
        ImmutableArray<ContractMember> added = state.Where(m =>
            m.IsKnown && Same(m.Line.Type, lost.Type) && promised.All(l => !Same(l.Name, m.Line.Name)) && !WireCompilation.Has(m.Symbol, wires.Types.FormerName)).ToImmutableArray();
        bool isOnlyOne = promised.Count(l => Same(l.Type, lost.Type) && state.All(m => !Same(m.Line.Name, l.Name) && !HadName(m.Symbol, l.Name, wires))) == 1;
        return isOnlyOne && added.Length == 1 && added[0].Symbol.Locations[0].IsInSource ? added[0].Symbol : null;
    }

    private static bool HadName(ISymbol member, string name, WireCompilation wires) =>
        WireCompilation.FindAll(member, wires.Types.FormerName).Any(a => a.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string former } && Same(former, name));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private void CheckFile(AdditionalFileAnalysisContext context, WireCompilation wires)
    {
        if (!WireContracts.IsManifest(context.AdditionalFile.Path) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var contracts = WireContracts.Of(text);
        foreach ((TextSpan span, string problem) in contracts.Malformed)
        {
            Report(span, problem);
        }

        var declared = new HashSet<string>(wires.Callable.Select(t => new WireContract(t, wires).Name), StringComparer.Ordinal);
        foreach ((ContractLine line, TextSpan span) in contracts.Lines)
        {
            // One finding for each wire that is gone.
            if (declared.Add(line.Wire))
            {
                Report(span, $"'{line.Wire}' is gone, and older builds may call it or have its state; keep it, name the successor of a wire [Wire(Name = \"{line.Wire}\")], or delete its lines from {WireContracts.FileName}");
            }
        }

        void Report(TextSpan span, string message) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)), message));
    }
}
