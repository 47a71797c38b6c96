using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Registers rules for calls that may be calls of refs, by syntax first: asking for operations makes the compiler bind every body of the compilation once more.</summary>
internal static class RefMentions
{
    private const string Suffix = "Ref";

    private static readonly ConditionalWeakTable<SyntaxTree, object> Answers = new();

    /// <summary>Runs for calls in files that name a ref, and which pass a look at their syntax.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisPerformance", "RS1012", Justification = "It registers what its callers pass.")]
    public static void OnCalls(CompilationStartAnalysisContext context, Func<InvocationExpressionSyntax, bool> isWorthIt, Action<SemanticModelAnalysisContext, IInvocationOperation> action) =>
        context.RegisterSemanticModelAction(c =>
        {
            SyntaxTree tree = c.SemanticModel.SyntaxTree;
            if (!In(tree, c.CancellationToken))
            {
                return;
            }

            // Actions on nodes would make the compiler prepare the declarations of all other files too.
            foreach (InvocationExpressionSyntax syntax in tree.GetRoot(c.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (isWorthIt(syntax) && c.SemanticModel.GetOperation(syntax, c.CancellationToken) is IInvocationOperation call)
                {
                    action(c, call);
                }
            }
        });

    /// <summary>Whether a word of the text ends like the name of a ref. A ref may be used without its name, but hardly in a file that has none at all.</summary>
    private static bool In(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Answers.TryGetValue(tree, out object? answer))
        {
            answer = IsIn(tree.GetText(cancellation).ToString());
            answer = Answers.GetValue(tree, _ => answer);
        }

        return (bool)answer;
    }

    private static bool IsIn(string text)
    {
        for (int at = text.IndexOf(Suffix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Suffix, at + 1, StringComparison.Ordinal))
        {
            int end = at + Suffix.Length;
            if (at > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[at - 1]) && (end == text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
