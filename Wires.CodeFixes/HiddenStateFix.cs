using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>WIRE3005: gives an assigned constructor parameter a field of its own; marks a field that hides its state <c>[Local]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HiddenStateFix() : WireFix(RuleIds.HiddenState, "Keep it in a field")
{
    private protected override string Title(Diagnostic diagnostic) =>
        IsField(diagnostic) ? "Leave it behind: [Local]" : base.Title(diagnostic);

    // All assignments of one parameter are answered by one field.
    private protected override SyntaxNode Target(DocumentEditor editor, SyntaxNode node) =>
        ParameterOf(editor, node)?.DeclaringSyntaxReferences[0].GetSyntax() ?? Local.Declaration(node) ?? node;

    private protected override bool Fix(DocumentEditor editor, SyntaxNode node, Diagnostic diagnostic) =>
        IsField(diagnostic) ? Local.AddTo(editor, node) : ParameterOf(editor, node) is { } parameter && MakeField(editor, node, parameter);

    private static bool IsField(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(HiddenState.Kind, out string? kind) && string.Equals(kind, HiddenState.Field, StringComparison.Ordinal);

    private static IParameterSymbol? ParameterOf(DocumentEditor editor, SyntaxNode node) =>
        editor.SemanticModel.GetSymbolInfo(node).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter ? parameter : null;

    private static bool MakeField(DocumentEditor editor, SyntaxNode node, IParameterSymbol parameter)
    {
        INamedTypeSymbol type = parameter.ContainingType;
        TypeDeclarationSyntax part = node.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var uses = new List<IdentifierNameSyntax>();
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            SyntaxNode declaration = reference.GetSyntax();
            SemanticModel model = editor.SemanticModel.Compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (IdentifierNameSyntax name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (string.Equals(name.Identifier.ValueText, parameter.Name, StringComparison.Ordinal) && !IsInInitializer(name, declaration)
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, parameter))
                {
                    uses.Add(name);
                }
            }
        }

        // The edit stays in one document: a part elsewhere that uses the parameter too would go on seeing the old value.
        if (uses.Any(u => u.SyntaxTree != node.SyntaxTree) || part.Members.Count == 0)
        {
            return false;
        }

        string field = FreeName(type, parameter.Name);
        foreach (IdentifierNameSyntax use in uses)
        {
            editor.ReplaceNode(use, SyntaxFactory.IdentifierName(field).WithTriviaFrom(use));
        }

        string typeName = parameter.Type.ToMinimalDisplayString(editor.SemanticModel, part.Members[0].SpanStart);
        MemberDeclarationSyntax first = part.Members[0];
        SyntaxTriviaList leading = first.GetLeadingTrivia();
        SyntaxTrivia indent = leading.LastOrDefault(t => t.IsKind(SyntaxKind.WhitespaceTrivia));
        SyntaxTrivia newLine = part.DescendantTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        MemberDeclarationSyntax added = SyntaxFactory.ParseMemberDeclaration($"private {typeName} {field} = {parameter.Name};")!
            .WithLeadingTrivia(indent).WithTrailingTrivia(newLine == default ? SyntaxFactory.Space : newLine);
        editor.InsertBefore(first, added);
        return true;
    }

    // Initializers and base arguments see the parameter itself, before there is a field.
    private static bool IsInInitializer(SyntaxNode name, SyntaxNode type)
    {
        SyntaxNode? member = name.Ancestors().FirstOrDefault(a => a.Parent == type);
        return member is FieldDeclarationSyntax or BaseListSyntax or ParameterListSyntax
            || (member is PropertyDeclarationSyntax { Initializer: { } initializer } && initializer.Span.Contains(name.Span));
    }

    private static string FreeName(INamedTypeSymbol type, string parameter)
    {
        string name = "_" + parameter;
        while (!type.GetMembers(name).IsEmpty)
        {
            name += "State";
        }

        return name;
    }
}
