using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>Makes the method around an await async, where that asks nothing of its callers.</summary>
internal static class MakeAsync
{
    public static bool CanAwaitAt(SemanticModel model, SyntaxNode node)
    {
        foreach (SyntaxNode outer in node.Ancestors())
        {
            switch (outer)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword) || CanBecomeAsync(model, method);
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    public static void Around(DocumentEditor editor, SyntaxNode node)
    {
        SyntaxNode? function = node.Ancestors().FirstOrDefault(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax);
        if (function is MethodDeclarationSyntax method && !method.Modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            NameSyntax name = Names.Of(editor.SemanticModel, method.SpanStart, "WireTask");
            editor.ReplaceNode(method, (current, _) => Async((MethodDeclarationSyntax)current, name));
        }
    }

    // Callers of a message hold a ref, where a result is awaited anyway. Calls within the class would have to change too.
    private static bool CanBecomeAsync(SemanticModel model, MethodDeclarationSyntax method)
    {
        if (model.GetDeclaredSymbol(method) is not { IsStatic: false } symbol || WireCompilation.Of(model.Compilation, default) is not { } wires
            || !(wires.IsMessage(symbol) || WireCompilation.Has(symbol, wires.Types.Every)) || WireCode.HasFixedSignature(symbol)
            || symbol.ReturnType.Name is "Task" or "ValueTask" or "WireTask" or "IAsyncEnumerable" || symbol.ReturnsByRef
            || symbol.Parameters.Any(static p => p.RefKind != RefKind.None))
        {
            return false;
        }

        foreach (SyntaxReference part in symbol.ContainingType.DeclaringSyntaxReferences)
        {
            SyntaxNode type = part.GetSyntax();
            SemanticModel partModel = model.Compilation.GetSemanticModel(type.SyntaxTree);
            foreach (SimpleNameSyntax name in type.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (string.Equals(name.Identifier.ValueText, symbol.Name, StringComparison.Ordinal)
                    && partModel.GetSymbolInfo(name).Symbol is IMethodSymbol used && SymbolEqualityComparer.Default.Equals(used.OriginalDefinition, symbol))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static MethodDeclarationSyntax Async(MethodDeclarationSyntax method, NameSyntax wireTask)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            return method;
        }

        bool isVoid = method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        TypeSyntax returned = isVoid ? wireTask : SyntaxFactory.ParseTypeName($"{wireTask}<{method.ReturnType.WithoutTrivia()}>");
        SyntaxToken async = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxTriviaList leading = method.Modifiers.Count == 0 ? method.ReturnType.GetLeadingTrivia() : default;
        return method
            .WithReturnType(returned.WithTrailingTrivia(method.ReturnType.GetTrailingTrivia()).WithLeadingTrivia(method.Modifiers.Count == 0 ? default : method.ReturnType.GetLeadingTrivia()))
            .WithModifiers(method.Modifiers.Add(async.WithLeadingTrivia(leading)));
    }
}
