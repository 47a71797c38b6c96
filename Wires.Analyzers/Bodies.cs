using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Analyzers;

/// <summary>Binds the bodies of methods that a wire reaches.</summary>
internal static class Bodies
{
    // Bodies elsewhere in the compilation are bound on demand: a wire reaches few of them, and an action on all would bind them all.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1030", Justification = "See above; callers keep what they learn of a body.")]
    public static List<IOperation> Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var bodies = new List<IOperation>();
        foreach (SyntaxReference reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            SyntaxNode node = reference.GetSyntax(cancellation);
            SyntaxNode? body = node switch
            {
                BaseMethodDeclarationSyntax declaration => declaration,
                AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
                ArrowExpressionClauseSyntax arrow => arrow,
                _ => null,
            };
            if (body is not null && compilation.GetSemanticModel(node.SyntaxTree).GetOperation(body, cancellation) is { } operation)
            {
                bodies.Add(operation);
            }
        }

        return bodies;
    }
}
