using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Parsing;

namespace Wires.Generators.Memory;

/// <summary>
/// A hash of what the models of other files may depend on in one file: its declarations, without code, comments and layout. Of a wire class only what
/// others see is in it: its head, its constants and nested types, not its messages and fields. (A wire class derived from another one is not remembered.)
/// </summary>
internal static class TreeShape
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ulong>> Known = new();

    public static ulong Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(tree, out var known))
        {
            known = Known.GetValue(tree, t => new StrongBox<ulong>(Compute(t.GetRoot(cancellation))));
        }

        return known.Value;
    }

    private static ulong Compute(SyntaxNode root)
    {
        var shape = new TreeShapeWalker();
        if (root is CompilationUnitSyntax unit)
        {
            shape.Add(unit);
        }

        return shape.Value;
    }
}
