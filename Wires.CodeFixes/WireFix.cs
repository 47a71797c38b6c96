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
        FixAllProvider.Create(async (context, document, diagnostics) => await Apply(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // What a batch would skip is not offered alone either: the edit is tried before the title is shown.
            if (await Plan(context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title(diagnostic), c => Apply(context.Document, [diagnostic], c), equivalenceKey: diagnostic.Id), diagnostic);
            }
        }
    }

    private protected virtual string Title(Diagnostic diagnostic) => _title;

    /// <summary>What an edit is about: findings that share it are fixed by the first one's edit.</summary>
    private protected virtual SyntaxNode Target(DocumentEditor editor, SyntaxNode node) => node;

    /// <summary>Makes the edit for one diagnostic, or returns false if it would not help.</summary>
    private protected abstract bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic);

    private async Task<Document> Apply(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation) =>
        await Plan(document, diagnostics, cancellation).ConfigureAwait(false) is { } editor ? editor.GetChangedDocument() : document;

    private async Task<DocumentEditor?> Plan(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        bool any = false;
        var done = new HashSet<SyntaxNode>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            SyntaxNode node = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            any |= !done.Add(Target(editor, node)) || Fix(editor, node, diagnostic);
        }

        return any ? editor : null;
    }
}
