using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4003: two messages of a wire, or two wire classes, that other nodes could not tell apart; a published message, of a wire or a <c>[Home]</c> interface, that older builds would no longer find.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdentityCollision() : WireRule(Rules.IdentityCollision, WireUse.Class | WireUse.Home, other: Rules.PublishedMethodBroken)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        WireContracts? contracts = WireContracts.Of(context.Options, context.CancellationToken);
        context.RegisterSymbolAction(c => Check(c, wires, contracts), SymbolKind.NamedType);
    }

    private void Check(SymbolAnalysisContext context, WireCompilation wires, WireContracts? contracts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (wires.IsWireClass(type))
        {
            CheckMethods(context, type, wires);
            CheckName(context, type, wires);
        }
        else if (!wires.IsHomeInterface(type))
        {
            return;
        }

        if (contracts is not null)
        {
            CheckPublished(context, new WireContract(type, wires), contracts);
        }
    }

    private static void CheckPublished(SymbolAnalysisContext context, WireContract contract, WireContracts contracts)
    {
        ImmutableArray<ContractLine> published = contracts.LinesOf(contract.Name).Where(static l => l.IsMethod).ToImmutableArray();
        if (published.IsEmpty)
        {
            return;
        }

        ImmutableArray<ContractMember> methods = contract.Methods();
        var properties = ImmutableDictionary<string, string?>.Empty.Add(WireContract.Wire, contract.Name);
        foreach (ContractLine line in published)
        {
            ContractMember same = methods.FirstOrDefault(m => m.Line.Identity == line.Identity);
            if (same.Symbol is not null)
            {
                if (same.IsKnown && !string.Equals(same.Line.Type, line.Type, StringComparison.Ordinal))
                {
                    Report(same.Symbol, $"'{line.Name}' of {contract.Title} returned '{line.Type}' and now returns '{same.Line.Type}', which callers of older builds cannot read");
                }

                continue;
            }

            // A parameter type that cannot be found yet is no change of it.
            string name = line.Name.Split('(')[0];
            ImmutableArray<ContractMember> overloads = methods.Where(m => string.Equals(m.Symbol.Name, name, StringComparison.Ordinal)).ToImmutableArray();
            if (overloads.All(static m => m.IsKnown))
            {
                ContractMember changed = overloads.FirstOrDefault(m => published.All(l => l.Identity != m.Line.Identity));
                Report(
                    changed.Symbol ?? contract.Type,
                    changed.Symbol is null ? $"'{line.Name}' of {contract.Title} is published and no longer there, so calls of older builds find nothing"
                        : $"'{line.Name}' of {contract.Title} is published, and '{changed.Line.Name}' is another method between nodes, so calls of older builds find nothing");
            }
        }

        void Report(ISymbol where, string message) =>
            context.ReportDiagnostic(Diagnostic.Create(Rules.PublishedMethodBroken, contract.LocationOf(where), properties, message));
    }

    private void CheckMethods(SymbolAnalysisContext context, INamedTypeSymbol type, WireCompilation wires)
    {
        var known = new Dictionary<ulong, string>();
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsGenericMethod: false } method && wires.IsMessage(method))
            {
                if (TakenOnRef(method, type) is { } taken)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rule, method.Locations[0], $"'{method.Name}'", $"'{taken}'", "a member that every ref has; rename the method"));
                    continue;
                }

                string signature = MethodIdentity.Signature(method);
                ulong hash = MethodIdentity.Hash(signature);
                if (known.TryGetValue(hash, out string? other))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Rule, method.Locations[0], $"'{signature}'", $"'{other}'", "0x" + hash.ToString("X16", CultureInfo.InvariantCulture) + "; rename one of the methods"));
                }
                else
                {
                    known.Add(hash, signature);
                }
            }
        }
    }

    /// <summary>The member of the ref whose name or signature the method would need; the generator leaves it out.</summary>
    private static string? TakenOnRef(IMethodSymbol method, INamedTypeSymbol type)
    {
        string refName = type.Name + "Ref";
        bool isTaken = method.Name is "Id" or "_handle" or "__Wire" || string.Equals(method.Name, refName, StringComparison.Ordinal) || (method.Name, method.Parameters.Length) switch
        {
            ("WithTimeout", 1) => method.Parameters[0].Type is { Name: "TimeSpan", ContainingNamespace.Name: "System" },
            ("Equals", 1) => method.Parameters[0].Type.SpecialType == SpecialType.System_Object || string.Equals(method.Parameters[0].Type.Name, refName, StringComparison.Ordinal),
            ("GetHashCode" or "ToString" or "GetType" or "MemberwiseClone", 0) => true,
            _ => false,
        };
        return isTaken ? $"{refName}.{method.Name}" : null;
    }

    // Default names are full names, so two names can be equal only if one was chosen: the search runs for chosen ones alone.
    private void CheckName(SymbolAnalysisContext context, INamedTypeSymbol type, WireCompilation wires)
    {
        if (WireName.Chosen(type, wires) is not { } name)
        {
            return;
        }

        foreach (INamedTypeSymbol other in wires.WireClasses)
        {
            if (!SymbolEqualityComparer.Default.Equals(other, type) && other.Arity == type.Arity
                && string.Equals(WireName.Chosen(other, wires) ?? WireName.Full(other), name, StringComparison.Ordinal)
                && (WireName.Chosen(other, wires) is null || IsBefore(other, type)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, NameLocation(type, wires, context.CancellationToken), $"Wire class '{type.Name}'",
                    $"'{other.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}'", $"\"{name}\"; give it a name of its own"));
                return;
            }
        }
    }

    private static bool IsBefore(INamedTypeSymbol first, INamedTypeSymbol second)
    {
        Location a = first.Locations[0];
        Location b = second.Locations[0];
        int byFile = string.CompareOrdinal(a.SourceTree?.FilePath, b.SourceTree?.FilePath);
        return byFile < 0 || (byFile == 0 && a.SourceSpan.Start < b.SourceSpan.Start);
    }

    private static Location NameLocation(INamedTypeSymbol type, WireCompilation wires, CancellationToken cancellation) =>
        WireCompilation.Find(type, wires.Types.Wire)!.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments }
        && arguments.FirstOrDefault(a => string.Equals(a.NameEquals?.Name.Identifier.ValueText, "Name", StringComparison.Ordinal)) is { } argument
            ? argument.GetLocation()
            : type.Locations[0];
}
