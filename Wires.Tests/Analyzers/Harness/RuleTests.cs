using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Wires.Tests.Analyzers.Harness;

/// <summary>Tests of one rule. What it finds is marked in the source; a source must compile whatever the rule says of it.</summary>
/// <remarks><see cref="RuleSetTests"/> demands of each subclass tests whose names begin with <c>Finds</c> and <c>LeavesAlone</c>,
/// and of a rule with a fix <c>Fixes</c> and <c>FixesAll</c>.</remarks>
public abstract class RuleTests<TRule>
    where TRule : DiagnosticAnalyzer, new()
{
    private protected static string RuleId { get; } = new TRule().SupportedDiagnostics[0].Id;

    private protected static Task<ImmutableArray<Diagnostic>> Finds(string marked, params (string Name, string Text)[] additionalFiles) =>
        Finds(marked, message: null, additionalFiles);

    private protected static async Task<ImmutableArray<Diagnostic>> Finds(string marked, string? message, params (string Name, string Text)[] additionalFiles)
    {
        Markup markup = Markup.Parse(marked);
        Assert.NotEmpty(markup.Findings);
        ImmutableArray<Diagnostic> found = await Verify(markup, await TestProject.Create(markup.Source, additionalFiles: additionalFiles));
        if (message is not null)
        {
            Assert.Contains(message, found[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return found;
    }

    private protected static async Task LeavesAlone(string source, params (string Name, string Text)[] additionalFiles)
    {
        Markup markup = Markup.Parse(source);
        Assert.Empty(markup.Findings);
        await Verify(markup, await TestProject.Create(markup.Source, additionalFiles: additionalFiles));
    }

    private protected static async Task<ImmutableArray<Diagnostic>> Verify(Markup markup, Document document)
    {
        await Compiles(document);
        ImmutableArray<Diagnostic> found = await TestProject.Analyze(document, new TRule());
        var expected = markup.Findings.Select(f => (f.Span, f.Id ?? RuleId)).OrderBy(f => f.Span.Start).ToList();
        var actual = found.Select(d => (d.Location.SourceSpan, d.Id)).ToList();
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail(
                "Expected:\n" + Markup.Underline(markup.Source, expected.Select(e => (e.Span, e.Item2)))
                + "\nFound:\n" + Markup.Underline(markup.Source, found.Select(d => (d.Location.SourceSpan, d.Id + ": " + d.GetMessage(CultureInfo.InvariantCulture)))));
        }

        return found;
    }

    private protected static async Task Compiles(Document document)
    {
        ImmutableArray<Diagnostic> errors = await TestProject.Errors(document);
        if (!errors.IsEmpty)
        {
            string source = (await document.GetTextAsync()).ToString();
            var here = errors.Where(e => Path.GetFileName(e.Location.SourceTree?.FilePath) == TestProject.SourceName).ToList();
            Assert.Fail("Does not compile:\n" + Markup.Underline(source, here.Select(e => (e.Location.SourceSpan, e.GetMessage(CultureInfo.InvariantCulture))))
                + string.Join('\n', errors.Except(here).Select(e => e + " in " + e.Location.SourceTree?.ToString())));
        }
    }
}

/// <summary>Tests of one rule and its fix.</summary>
public abstract class RuleTests<TRule, TFix> : RuleTests<TRule>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>The first fix offered, or the one of this title, for the first finding turns <paramref name="before"/> into <paramref name="after"/>, which marks what is still found.</summary>
    private protected static async Task Fixes(string before, string after, string? title = null)
    {
        (Document document, ImmutableArray<Diagnostic> found) = await Start(before);
        Assert.Contains(found[0].Id, new TFix().FixableDiagnosticIds);
        CodeAction? action = await ActionFor(document, found[0], title);
        if (action is null)
        {
            Assert.Fail("No fix was offered.");
        }

        await Becomes(await Apply(action, document), after);
    }

    private protected static async Task OffersNoFix(string marked, string? title = null)
    {
        (Document document, ImmutableArray<Diagnostic> found) = await Start(marked);
        foreach (Diagnostic diagnostic in found)
        {
            Assert.Null(await ActionFor(document, diagnostic, title));
        }
    }

    /// <summary>The batch mode of the fix turns <paramref name="before"/> into <paramref name="after"/> at one stroke.</summary>
    private protected static async Task FixesAll(string before, string after, string? title = null)
    {
        (Document document, ImmutableArray<Diagnostic> found) = await Start(before);
        CodeAction? first = null;
        foreach (Diagnostic diagnostic in found)
        {
            first ??= await ActionFor(document, diagnostic, title);
        }

        Assert.NotNull(first);
        var fix = new TFix();
        var context = new FixAllContext(
            document, fix, FixAllScope.Solution, first.EquivalenceKey, fix.FixableDiagnosticIds, new Given(document.Id, found), CancellationToken.None);
        CodeAction? all = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(all);
        await Becomes(await Apply(all, document), after);
    }

    private static async Task<(Document Document, ImmutableArray<Diagnostic> Found)> Start(string before)
    {
        Markup markup = Markup.Parse(before);
        Assert.NotEmpty(markup.Findings);
        Document document = await TestProject.Create(markup.Source);
        return (document, await Verify(markup, document));
    }

    private static async Task<CodeAction?> ActionFor(Document document, Diagnostic diagnostic, string? title)
    {
        CodeAction? action = null;
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (a, _) => action ??= title is null || a.Title == title ? a : null, CancellationToken.None));
        return action;
    }

    private static async Task<Document> Apply(CodeAction action, Document document)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        ApplyChangesOperation change = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations));
        return await TestProject.WithRefs(change.ChangedSolution.GetDocument(document.Id)!);
    }

    private static async Task Becomes(Document fixedDocument, string after)
    {
        Markup markup = Markup.Parse(after);
        Assert.Equal(markup.Source, (await fixedDocument.GetTextAsync()).ToString(), ignoreLineEndingDifferences: true);
        await Verify(markup, fixedDocument);
    }

    private sealed class Given(DocumentId document, ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document asked, CancellationToken cancellationToken) =>
            Task.FromResult(asked.Id == document ? diagnostics : Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
