using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Wires.Tests.Docs;

/// <summary>What the pages show compiles, and what they link to is there.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Snippets { get; } = [.. Snippet.All().Where(static s => !IsViolation(s)).Select(static s => s.Name)];

    public static TheoryData<string> Violations { get; } = [.. Snippet.All().Where(IsViolation).Select(static s => s.Name)];

    public static TheoryData<string> Pages { get; } = [.. Snippet.Pages()];

    [Theory, MemberData(nameof(Snippets))]
    public async Task ASnippetCompilesWithoutAWarning(string name)
    {
        var snippet = Snippet.All().Single(s => s.Name == name);
        var diagnostics = await SnippetCompiler.Compile(snippet, TestContext.Current.CancellationToken);
        var wrong = diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong) + "\n\n" + snippet.Code);
    }

    [Theory, MemberData(nameof(Violations))]
    public async Task AViolationIsReportedByTheRuleOfItsPageWhereThePageSays(string name)
    {
        var snippet = Snippet.All().Single(s => s.Name == name);
        var rule = Path.GetFileNameWithoutExtension(snippet.Page);
        var diagnostics = await SnippetCompiler.Compile(snippet, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, static d => d.Severity == DiagnosticSeverity.Error && d.Id.StartsWith("CS", StringComparison.Ordinal));
        var marked = snippet.Code.Split('\n').Index().Where(line => line.Item.Contains("// " + rule, StringComparison.Ordinal)).Select(static line => line.Index);
        var reported = diagnostics.Where(d => d.Id == rule).Select(static d => d.Location.GetLineSpan().StartLinePosition.Line).Distinct().Order();
        Assert.Equal(marked, reported);
    }

    [Theory, MemberData(nameof(Pages))]
    public void ALinkLeadsToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var links = Link().Matches(File.ReadAllText(Repository.PathOf(page))).Select(static m => m.Groups[1].Value)
            .Where(static link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'));
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link.Split('#')[0])), $"{page} links to {link}, which does not exist."));
    }

    private static bool IsViolation(Snippet snippet) => snippet.Section == "Violation";

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
