using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>Creates the manifest, or records what a wire or <c>[Home]</c> interface has that the manifest has not. What is merely new is no finding, so this is offered without one.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class RecordContracts : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        Project project = context.Document.Project;
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not TypeDeclarationSyntax declaration || !declaration.Identifier.Span.IntersectsWith(context.Span)
            || model?.GetDeclaredSymbol(declaration, context.CancellationToken) is not INamedTypeSymbol type
            || WireCompilation.Of(model.Compilation, context.CancellationToken) is not { } wires || !(wires.IsWireClass(type) || wires.IsHomeInterface(type)))
        {
            return;
        }

        if (ContractsFile.Of(project) is not { } file)
        {
            context.RegisterRefactoring(CodeAction.Create($"Create {WireContracts.FileName}", c => ContractsFile.Update(project, names: null, c), nameof(RecordContracts)));
            return;
        }

        string old = (await file.GetTextAsync(context.CancellationToken).ConfigureAwait(false)).ToString();
        var contract = new WireContract(type, wires);
        if (!string.Equals(ContractsFile.Update(old, [contract]), old, StringComparison.Ordinal))
        {
            context.RegisterRefactoring(CodeAction.Create(
                $"Record '{contract.Name}' in {WireContracts.FileName}", c => ContractsFile.Update(project, [contract.Name], c), nameof(RecordContracts)));
        }
    }
}
