using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE1001: a static that can change, in a wire or in what it calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedStatic() : ReachingRule(Rules.SharedStatic, Rules.SharedStaticThroughHelpers)
{
    /// <summary>Set when the static is a private field of the wire class itself, which can be made an instance field.</summary>
    public const string IsOwnField = nameof(IsOwnField);

    private static readonly ImmutableDictionary<string, string?> NotFixable = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> Fixable = NotFixable.Add(IsOwnField, null);

    private protected override ImmutableArray<CodeFact> Kind(CodeFacts facts) => facts.Statics;

    private protected override void Report(SemanticModelAnalysisContext context, WireBody body, CodeFact fact)
    {
        bool isOwn = fact.Symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field
            && SymbolEqualityComparer.Default.Equals(field.ContainingType, body.Owner.ContainingType.OriginalDefinition);
        context.ReportDiagnostic(Diagnostic.Create(Rule, fact.Where, isOwn ? Fixable : NotFixable, fact.Name));
    }
}
