using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Wires.CodeFixes;

/// <summary>Turns a dictionary or set that is filled where it is declared into its frozen twin.</summary>
internal static class FrozenField
{
    private const string Space = "System.Collections.Frozen";

    public static bool Make(DocumentEditor editor, FieldDeclarationSyntax declaration, IFieldSymbol field)
    {
        if (field.Type is not INamedTypeSymbol { Name: "Dictionary" or "HashSet", ContainingNamespace: { Name: "Generic" } } type
            || declaration.Declaration.Variables is not [{ Initializer.Value: { } value }]
            || editor.SemanticModel.Compilation.GetTypeByMetadataName(Space + ".FrozenSet`1") is null)
        {
            return false;
        }

        string old = declaration.Declaration.Type.WithoutTrivia().ToString();
        string filled = value switch
        {
            ImplicitObjectCreationExpressionSyntax creation => $"new {old}{creation.ArgumentList}{(creation.Initializer is { } initializer ? " " + initializer : "")}",
            ObjectCreationExpressionSyntax creation => creation.WithoutTrivia().ToString(),
            CollectionExpressionSyntax => $"(({old}){value.WithoutTrivia()})",
            _ => "",
        };
        if (filled.Length == 0)
        {
            return false;
        }

        bool isNear = editor.SemanticModel.LookupNamespacesAndTypes(declaration.SpanStart, name: "FrozenSet").Any(static s => s.ContainingNamespace.ToDisplayString() == Space);
        string prefix = isNear ? "" : Space + ".";
        bool isSet = type.Name == "HashSet";
        string arguments = string.Join(", ", type.TypeArguments.Select(a => a.ToMinimalDisplayString(editor.SemanticModel, declaration.SpanStart)));
        TypeSyntax frozen = SyntaxFactory.ParseTypeName($"{prefix}{(isSet ? "FrozenSet" : "FrozenDictionary")}<{arguments}>");
        ExpressionSyntax frozenValue = SyntaxFactory.ParseExpression(isNear
            ? $"{filled}.{(isSet ? "ToFrozenSet" : "ToFrozenDictionary")}()"
            : $"{prefix}{(isSet ? "FrozenSet.ToFrozenSet" : "FrozenDictionary.ToFrozenDictionary")}({filled})");
        editor.ReplaceNode(
            declaration,
            (current, _) =>
            {
                var changed = (FieldDeclarationSyntax)current;
                VariableDeclaratorSyntax variable = changed.Declaration.Variables[0];
                return SharedStaticFix.WithReadonly(changed.WithDeclaration(changed.Declaration
                    .WithType(frozen.WithTriviaFrom(changed.Declaration.Type))
                    .WithVariables(SyntaxFactory.SingletonSeparatedList(variable.WithInitializer(variable.Initializer!.WithValue(frozenValue.WithTriviaFrom(variable.Initializer.Value)))))));
            });
        return true;
    }
}
