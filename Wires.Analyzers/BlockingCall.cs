using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE2001: a call that holds its thread, in a wire or in what it calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCall() : ReachingRule(Rules.BlockingCall, Rules.BlockingCallThroughHelpers)
{
    /// <summary>What to write instead; see <see cref="BlockingCalls"/>.</summary>
    public const string Twin = nameof(Twin);

    private protected override ImmutableArray<CodeFact> Kind(CodeFacts facts) => facts.Blocking;

    private protected override void Report(SemanticModelAnalysisContext context, WireBody body, CodeFact fact)
    {
        string advice = fact.Twin switch
        {
            null => string.Empty,
            BlockingCalls.AwaitReceiver => "; await the task",
            var twin => $"; await {twin}",
        };
        var properties = fact.Twin is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(Twin, fact.Twin);
        context.ReportDiagnostic(Diagnostic.Create(Rule, fact.Where, properties, fact.Name, advice));
    }
}
