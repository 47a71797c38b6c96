using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE3004 and WIRE4003: says that a field was renamed, or writes what the code has into the manifest.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WireContractsFix : CodeFixProvider
{
    internal const string Renamed = nameof(Renamed);
    internal const string Updated = nameof(Updated);

    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.StateLayout, RuleIds.IdentityCollision];

    public override FixAllProvider GetFixAllProvider() => All.Instance;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(StateLayout.FormerName, out string? former))
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"It was renamed: [FormerName(\"{former}\")]", c => Rename(context.Document, [diagnostic], c), equivalenceKey: Renamed), diagnostic);
            }

            // A collision is nothing that the manifest could settle.
            if (diagnostic.Properties.TryGetValue(WireContract.Wire, out string? wire) && wire is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Update '{wire}' in {WireContracts.FileName}", c => ContractsFile.Update(context.Document.Project, [wire], c), equivalenceKey: Updated), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static async Task<Document> Rename(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            SyntaxNode node = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

            // An attribute on `int a, b;` would rename both.
            if (diagnostic.Properties.TryGetValue(StateLayout.FormerName, out string? former) && former is not null
                && Local.Declaration(node) is { } member and not FieldDeclarationSyntax { Declaration.Variables.Count: > 1 })
            {
                NameSyntax name = Names.OfAttribute(editor.SemanticModel, member.SpanStart, "FormerName");
                string attribute = $"{name}({SymbolDisplay.FormatLiteral(former, quote: true)})";
                editor.ReplaceNode(member, (current, _) => Local.With((MemberDeclarationSyntax)current, attribute));
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>A batch writes the manifest of each project once, with all wires that it is about.</summary>
    private sealed class All : FixAllProvider
    {
        public static readonly All Instance = new();

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var byProject = new List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)>();
            if (context is { Scope: FixAllScope.Document, Document: { } document })
            {
                byProject.Add((context.Project.Id, await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)));
            }
            else
            {
                foreach (Project project in context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project])
                {
                    byProject.Add((project.Id, await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false)));
                }
            }

            bool isRename = string.Equals(context.CodeActionEquivalenceKey, Renamed, StringComparison.Ordinal);
            return CodeAction.Create(
                isRename ? "Mark renamed fields [FormerName]" : "Update " + WireContracts.FileName,
                c => isRename ? RenameAll(context.Solution, byProject, c) : UpdateAll(context.Solution, byProject, c),
                equivalenceKey: context.CodeActionEquivalenceKey);
        }

        private static async Task<Solution> UpdateAll(Solution solution, List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)> byProject, CancellationToken cancellation)
        {
            foreach ((ProjectId id, ImmutableArray<Diagnostic> diagnostics) in byProject)
            {
                string[] wires = [.. diagnostics.Select(static d => d.Properties.GetValueOrDefault(WireContract.Wire)).OfType<string>().Distinct(StringComparer.Ordinal)];
                if (wires.Length > 0)
                {
                    solution = await ContractsFile.Update(solution.GetProject(id)!, wires, cancellation).ConfigureAwait(false);
                }
            }

            return solution;
        }

        private static async Task<Solution> RenameAll(Solution solution, List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)> byProject, CancellationToken cancellation)
        {
            Solution original = solution;
            foreach ((_, ImmutableArray<Diagnostic> diagnostics) in byProject)
            {
                foreach (IGrouping<SyntaxTree?, Diagnostic> group in diagnostics.Where(static d => d.Properties.ContainsKey(StateLayout.FormerName)).GroupBy(static d => d.Location.SourceTree))
                {
                    if (original.GetDocument(group.Key) is { } document)
                    {
                        Document changed = await Rename(document, group, cancellation).ConfigureAwait(false);
                        solution = solution.WithDocumentSyntaxRoot(document.Id, (await changed.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!);
                    }
                }
            }

            return solution;
        }
    }
}
