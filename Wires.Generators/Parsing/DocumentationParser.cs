using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Models;

namespace Wires.Generators.Parsing;

/// <summary>
/// The documentation of a method, for its twin on the ref. The text itself, not <c>inheritdoc</c>: readers of a package's XML file see it too.
/// Read from the syntax, since asking the symbol would bind every reference in every comment on every keystroke.
/// </summary>
internal static class DocumentationParser
{
    public static EquatableArray<string> Parse(IMethodSymbol method, SyntaxNode wire, MemberScope scope)
    {
        var reference = method.DeclaringSyntaxReferences.FirstOrDefault();
        if (reference is null || reference.SyntaxTree != wire.SyntaxTree)
        {
            // From another file or assembly. Comments of other files are no input of the model: an edit of one must not cost a parse of all wires.
            return Inherit(method);
        }

        foreach (var trivia in reference.GetSyntax().GetLeadingTrivia())
        {
            if (trivia.GetStructure() is DocumentationCommentTriviaSyntax comment)
            {
                var inherits = comment.Content.Any(static n => n is XmlEmptyElementSyntax { Name.LocalName.ValueText: "inheritdoc", Attributes.Count: 0 });
                return inherits ? Inherit(method) : Print(comment, scope);
            }
        }

        return EquatableArray<string>.Empty;
    }

    // A ref that is yet to be generated has no id.
    private static EquatableArray<string> Inherit(IMethodSymbol method) =>
        !method.OriginalDefinition.Parameters.Any(static p => TypeNames.HoldsRef(p.Type)) && method.OriginalDefinition.GetDocumentationCommentId() is { } id
            ? new EquatableArray<string>([$"/// <inheritdoc cref=\"{id}\"/>"])
            : EquatableArray<string>.Empty;

    private static EquatableArray<string> Print(DocumentationCommentTriviaSyntax comment, MemberScope scope)
    {
        return new EquatableArray<string>(WithResolvedReferences(comment, scope)
            .Split('\n')
            .Select(static line => line.Trim())
            .Where(static line => line.Length > 0));
    }

    // The generated file has no usings: references are spelled by their ids.
    private static string WithResolvedReferences(DocumentationCommentTriviaSyntax comment, MemberScope scope)
    {
        var text = new StringBuilder(comment.ToFullString());
        foreach (var cref in comment.DescendantNodes().OfType<XmlCrefAttributeSyntax>().Select(static c => c.Cref).Reverse())
        {
            if (IdOf(cref, scope) is { } id)
            {
                text.Remove(cref.SpanStart - comment.FullSpan.Start, cref.Span.Length).Insert(cref.SpanStart - comment.FullSpan.Start, id);
            }
        }

        return text.ToString();
    }

    // What the user wrote stays where it means a member of a wire class: in the class itself its twin on the ref has the same name,
    // and the members of other wire classes are no input of the model.
    private static string? IdOf(CrefSyntax cref, MemberScope scope) =>
        scope.Resolve(cref) is { } symbol
        && symbol.ContainingType?.IsWireClass() != true
        && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id
        && !id.Contains("!:")
            ? id
            : null;
}
