using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;

namespace Wires.Generators.Serialization;

/// <summary>
/// Stands for all that the plan of the formatters depends on: every token outside of code. Inside, only a captured constructor parameter matters,
/// which a class with a primary constructor may have, in any of its parts. (Wire classes may too, but they are no data.)
/// </summary>
internal static class PlanFingerprint
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ulong>> Known = new();

    public static ulong Of(Compilation compilation, CancellationToken cancellation)
    {
        var hash = DeclarationFingerprint.Of(compilation, cancellation).Environment;
        foreach (var tree in compilation.SyntaxTrees)
        {
            hash = Hash.Add(hash, Known.TryGetValue(tree, out var known) ? known.Value : Known.GetValue(tree, t => new(Compute(t.GetRoot(cancellation)))).Value);
        }

        return hash;
    }

    private static ulong Compute(SyntaxNode root)
    {
        var hash = Hash.Start;
        foreach (var token in root.DescendantTokens(Enter))
        {
            hash = Hash.Add(hash, token.Text);
        }

        return hash;

        bool Enter(SyntaxNode node)
        {
            if (!IsCode(node))
            {
                return true;
            }

            hash = Hash.Add(hash, "{}"); // an accessor with code is another than one without
            return false;
        }
    }

    private static bool IsCode(SyntaxNode node) =>
        node is BlockSyntax or ArrowExpressionClauseSyntax && !MayCapture(node.FirstAncestorOrSelf<TypeDeclarationSyntax>());

    private static bool MayCapture(TypeDeclarationSyntax? type) => type is not null and not RecordDeclarationSyntax
        && (type.ParameterList is not null || type.Modifiers.Any(SyntaxKind.PartialKeyword))
        && !type.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Wire" or "WireAttribute" or "Wires.Wire" or "global::Wires.Wire");
}
