using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Wires.CodeFixes;

/// <summary>What all fixes share: one diagnostic or a whole document of them goes through the same edits, so a batch cannot differ from its parts.</summary>
public abstract class WireFix : CodeFixProvider
{
    private readonly string _title;

    private protected WireFix(string id, string title)
    {
        _title = title;
        FixableDiagnosticIds = [id];
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await Apply(document, diagnostics, context.CodeActionEquivalenceKey ?? FixableDiagnosticIds[0], context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (FixChoice choice in Choices(diagnostic))
            {
                // What a batch would skip is not offered alone either: the edit is tried before the title is shown.
                if (await Plan(context.Document, [diagnostic], choice, context.CancellationToken).ConfigureAwait(false) is not null)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(choice.Title, c => Apply(context.Document, [diagnostic], choice.Key, c), equivalenceKey: choice.Key), diagnostic);
                }
            }

            if (await Elsewhere(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } elsewhere)
            {
                context.RegisterCodeFix(elsewhere, diagnostic);
            }
        }
    }

    /// <summary>An edit of another document, if that is where the way out is.</summary>
    private protected virtual Task<CodeAction?> Elsewhere(Document document, Diagnostic diagnostic, CancellationToken cancellation) => Task.FromResult<CodeAction?>(null);

    /// <summary>The ways out, the best first.</summary>
    private protected virtual IEnumerable<FixChoice> Choices(Diagnostic diagnostic) => [new(diagnostic.Id, Title(diagnostic))];

    private protected virtual string Title(Diagnostic diagnostic) => _title;

    /// <summary>What an edit is about: findings that share it are fixed by the first one's edit.</summary>
    private protected virtual SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => node;

    /// <summary>Makes the edit for one diagnostic, or returns false if it would not help.</summary>
    private protected virtual bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic) => false;

    /// <inheritdoc cref="Fix(DocumentEditor, SyntaxNode, Diagnostic)"/>
    private protected virtual bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic, string choice) => Fix(editor, node, diagnostic);

    private async Task<Document> Apply(Document document, ImmutableArray<Diagnostic> diagnostics, string key, CancellationToken cancellation) =>
        diagnostics.SelectMany(Choices).FirstOrDefault(c => string.Equals(c.Key, key, StringComparison.Ordinal)) is { } choice
        && await Plan(document, diagnostics, choice, cancellation).ConfigureAwait(false) is { } editor ? editor.GetChangedDocument() : document;

    private async Task<DocumentEditor?> Plan(Document document, ImmutableArray<Diagnostic> diagnostics, FixChoice choice, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        bool any = false;
        var done = new HashSet<SyntaxNode>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            SyntaxNode node = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (!done.Add(Target(editor, node)))
            {
                any = true;
            }
            else if (!choice.IsTried || await Compiles(document, diagnostic, choice, cancellation).ConfigureAwait(false))
            {
                any |= Fix(editor, node, diagnostic, choice.Key);
            }
        }

        return any ? editor : null;
    }

    // Edits of this kind touch what only their own document names.
    private async Task<bool> Compiles(Document document, Diagnostic diagnostic, FixChoice choice, CancellationToken cancellation)
    {
        DocumentEditor trial = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        return Fix(trial, trial.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic, choice.Key)
            && await CountErrors(trial.GetChangedDocument(), cancellation).ConfigureAwait(false) <= await CountErrors(document, cancellation).ConfigureAwait(false);
    }

    private static async Task<int> CountErrors(Document document, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(cancellationToken: cancellation).Count(static d => d.Severity == DiagnosticSeverity.Error)
            : 0;
}
