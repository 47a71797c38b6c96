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
    public static EquatableArray<string> Parse(IMethodSymbol method, MemberScope scope)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            foreach (var trivia in reference.GetSyntax().GetLeadingTrivia())
            {
                if (trivia.GetStructure() is DocumentationCommentTriviaSyntax comment)
                {
                    return Print(comment, method, scope);
                }
            }
        }

        return EquatableArray<string>.Empty;
    }

    private static EquatableArray<string> Print(DocumentationCommentTriviaSyntax comment, IMethodSymbol method, MemberScope scope)
    {
        if (comment.Content.Any(static n => n is XmlEmptyElementSyntax { Name.LocalName.ValueText: "inheritdoc", Attributes.Count: 0 }))
        {
            // What is inherited by the wire's method is not by the ref's.
            return method.GetDocumentationCommentId() is { } id && !id.Contains("!:")
                ? new EquatableArray<string>([$"/// <inheritdoc cref=\"{id}\"/>"])
                : EquatableArray<string>.Empty;
        }

        return new EquatableArray<string>(WithResolvedReferences(comment, method, scope)
            .Split('\n')
            .Select(static line => line.Trim())
            .Where(static line => line.Length > 0));
    }

    // The generated file has no usings: references are spelled by their ids.
    private static string WithResolvedReferences(DocumentationCommentTriviaSyntax comment, IMethodSymbol method, MemberScope scope)
    {
        var text = new StringBuilder(comment.ToFullString());
        foreach (var cref in comment.DescendantNodes().OfType<XmlCrefAttributeSyntax>().Select(static c => c.Cref).Reverse())
        {
            if (IdOf(cref, method, scope) is { } id)
            {
                text.Remove(cref.SpanStart - comment.FullSpan.Start, cref.Span.Length).Insert(cref.SpanStart - comment.FullSpan.Start, id);
            }
        }

        return text.ToString();
    }

    // A neighbour in the wire class has its twin on the ref under the same name, so what the user wrote is right there too.
    private static string? IdOf(CrefSyntax cref, IMethodSymbol method, MemberScope scope) =>
        scope.Resolve(cref) is { } symbol
        && !SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, method.ContainingType.OriginalDefinition)
        && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id
        && !id.Contains("!:")
            ? id
            : null;
}
