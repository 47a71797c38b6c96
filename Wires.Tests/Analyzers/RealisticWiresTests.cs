using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Wires.Analyzers;
using Wires.Tests.Analyzers.Harness;
using Xunit;

namespace Wires.Tests.Analyzers;

/// <summary>All rules at once over wires as people write them, whole and broken.</summary>
public sealed class RealisticWiresTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(WireRule).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t)).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    [Fact]
    public async Task NoRuleSpeaks()
    {
        Document document = await TestProject.Create(RealisticWires.Source);
        ImmutableArray<Diagnostic> errors = await TestProject.Errors(document);
        Assert.True(errors.IsEmpty, string.Join('\n', errors));
        ImmutableArray<Diagnostic> found = await TestProject.Analyze(document, All);
        Assert.True(found.IsEmpty, Markup.Underline(RealisticWires.Source, found.Select(d => (d.Location.SourceSpan, d.Id + ": " + d.GetMessage(CultureInfo.InvariantCulture)))));
    }

    /// <summary>An editor sees mostly incomplete code. AD0001 is an analyzer that threw.</summary>
    [Fact]
    public async Task NoRuleThrowsOnBrokenCode()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("WIRES_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 20_26;
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("WIRES_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out int asked) ? asked : 30;
        var random = new Random(seed);
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(RealisticWires.Source, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken).DescendantTokens()];
        Document whole = await TestProject.Create(RealisticWires.Source);
        for (int round = 0; round < rounds; round++)
        {
            List<TextChange> cuts = [.. Enumerable.Range(0, 1 + random.Next(20)).Select(_ => tokens[random.Next(tokens.Length)].Span).Distinct().Select(span => new TextChange(span, ""))];
            Document broken = whole.WithText((await whole.GetTextAsync(TestContext.Current.CancellationToken)).WithChanges(cuts.OrderBy(c => c.Span.Start)));
            ImmutableArray<Diagnostic> found = await TestProject.Analyze(broken, All);
            Diagnostic? thrown = found.FirstOrDefault(d => d.Id == "AD0001");
            Assert.True(thrown is null, $"Seed {seed}, round {round}, without {string.Join(' ', cuts)}: {thrown?.GetMessage(CultureInfo.InvariantCulture)}");
        }
    }
}
