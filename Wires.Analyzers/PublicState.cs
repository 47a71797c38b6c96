using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE1006: a public field or property of a wire, which its author takes to be callable and nobody can reach.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PublicState() : WireRule(Rules.PublicState)
{
    /// <summary>Set when the member can be private as it stands.</summary>
    public const string CanBePrivate = nameof(CanBePrivate);

    private static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(CanBePrivate, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires) =>
        context.RegisterSymbolAction(c => Check(c, wires), SymbolKind.Field, SymbolKind.Property);

    private void Check(SymbolAnalysisContext context, WireCompilation wires)
    {
        ISymbol member = context.Symbol;

        // What a base type or an interface asks for is public for its sake.
        if (member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsOverride: false, IsImplicitlyDeclared: false }
            and not IPropertySymbol { IsIndexer: true }
            && wires.IsWireClass(member.ContainingType) && !WireCode.ImplementsInterface(member))
        {
            bool canBePrivate = member is { IsVirtual: false, IsAbstract: false } and not (IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true });
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, member.Locations[0], canBePrivate ? Fixable : ImmutableDictionary<string, string?>.Empty, member.Name));
        }
    }
}
