using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE2006: awaits the call, where the code around it is async; or makes the method one-way, if it has no result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DroppedCallFix() : WireFix(RuleIds.DroppedCall, "Await the call")
{
    public const string OneWay = RuleIds.DroppedCall + ".OneWay";

    private const string OneWayTitle = "Make the method one-way: [OneWay]";

    private protected override IEnumerable<FixChoice> Choices(Diagnostic diagnostic) => [.. base.Choices(diagnostic), new FixChoice(OneWay, OneWayTitle)];

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic, string choice)
    {
        if (choice == OneWay)
        {
            return Declaration(editor.SemanticModel, node) is { } method && method.SyntaxTree == editor.OriginalRoot.SyntaxTree && MakeOneWay(editor, method);
        }

        // `a?.Deposit(1)` would need a test for null around the await, so it is left to the user.
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || call.Span != node.Span
            || call.Parent is ConditionalAccessExpressionSyntax || !CanAwait(call))
        {
            return false;
        }

        editor.ReplaceNode(
            call,
            static (current, _) => SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space),
                ((ExpressionSyntax)current).WithLeadingTrivia()));
        return true;
    }

    private protected override async Task<CodeAction?> Elsewhere(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || Declaration(model, model.SyntaxTree.GetRoot(cancellation).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } method
            || method.SyntaxTree == model.SyntaxTree || document.Project.Solution.GetDocument(method.SyntaxTree) is not { } target)
        {
            return null;
        }

        return CodeAction.Create(
            OneWayTitle,
            async c =>
            {
                DocumentEditor editor = await DocumentEditor.CreateAsync(target, c).ConfigureAwait(false);
                MakeOneWay(editor, method);
                return editor.GetChangedDocument().Project.Solution;
            },
            equivalenceKey: OneWay + ".Elsewhere");
    }

    // Two calls of one method are answered by one attribute.
    private static bool MakeOneWay(DocumentEditor editor, MethodDeclarationSyntax method)
    {
        NameSyntax name = Names.OfAttribute(editor.SemanticModel, method.SpanStart, "OneWay");
        editor.ReplaceNode(method, (current, _) =>
        {
            var declaration = (MethodDeclarationSyntax)current;
            if (declaration.AttributeLists.Any(l => l.Attributes.Any(a => a.Name.ToString() == name.ToString())))
            {
                return declaration;
            }

            // Parsed, because the formatter would move a list made by the factory to a line of its own.
            AttributeListSyntax list = SyntaxFactory.ParseMemberDeclaration($"[{name}] int x;")!.AttributeLists[0].WithLeadingTrivia(declaration.GetLeadingTrivia());
            declaration = declaration.WithLeadingTrivia();
            return declaration.WithAttributeLists(declaration.AttributeLists.Insert(0, list));
        });
        return true;
    }

    /// <summary>The method of the wire class behind the call, if it can be one-way: it has no result, and its source is here.</summary>
    private static MethodDeclarationSyntax? Declaration(SemanticModel model, SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && call.Span == node.Span
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol refMethod && WireCompilation.Of(model.Compilation, default) is { } wires
        && wires.WireMethodOf(refMethod) is { ReturnsVoid: true, IsAsync: false, DeclaringSyntaxReferences: { Length: 1 } references }
            ? references[0].GetSyntax() as MethodDeclarationSyntax
            : null;

    private static bool CanAwait(SyntaxNode call)
    {
        foreach (SyntaxNode outer in call.Ancestors())
        {
            switch (outer)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or QueryExpressionSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
