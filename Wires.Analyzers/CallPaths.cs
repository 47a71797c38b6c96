using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Analyzers;

/// <summary>Follows the calls of wires into other code of the compilation. A body is read at most once, and only if a wire can reach it.</summary>
internal sealed class CallPaths(WireCompilation wires, CodeReader reader)
{
    private readonly ConcurrentDictionary<IMethodSymbol, CodeFacts> _facts = new(SymbolEqualityComparer.Default);

    /// <summary>The facts of code that is at hand already.</summary>
    public CodeFacts Read(ImmutableArray<IOperation> bodies) => reader.Read(bodies);

    public CodeFacts Facts(IMethodSymbol method, CancellationToken cancellation) =>
        _facts.TryGetValue(method, out CodeFacts? known) ? known : _facts.GetOrAdd(method, Read(method, cancellation));

    /// <summary>The shortest path from a call of a wire to each distinct fact that its helpers reach.</summary>
    public IEnumerable<(ImmutableArray<IMethodSymbol> Path, CodeFact Fact)> Reach(IMethodSymbol helper, Func<CodeFacts, ImmutableArray<CodeFact>> kind, CancellationToken cancellation)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { helper };
        var facts = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<ImmutableArray<IMethodSymbol>>();
        queue.Enqueue([helper]);
        while (queue.Count > 0)
        {
            ImmutableArray<IMethodSymbol> path = queue.Dequeue();
            CodeFacts here = Facts(path[path.Length - 1], cancellation);
            foreach (CodeFact fact in kind(here))
            {
                if (facts.Add(fact.Name))
                {
                    yield return (path, fact);
                }
            }

            foreach ((IMethodSymbol target, _) in here.Calls)
            {
                // Code of wires is checked where it stands.
                if (!wires.IsPartOfWire(target.ContainingType) && seen.Add(target))
                {
                    queue.Enqueue(path.Add(target));
                }
            }
        }
    }

    public static string Show(ImmutableArray<IMethodSymbol> path) =>
        string.Join(" → ", path.Select(static m => m.MethodKind == MethodKind.Constructor ? $"new {m.ContainingType.Name}"
            : $"{m.ContainingType.Name}.{m.AssociatedSymbol?.Name ?? m.Name}"));

    // Bodies elsewhere in the compilation are bound on demand: a wire reaches few of them, and an action on all would bind them all.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("MicrosoftCodeAnalysisCorrectness", "RS1030", Justification = "See above; each tree's model is asked for once per body.")]
    private CodeFacts Read(IMethodSymbol method, CancellationToken cancellation)
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
            if (body is not null && wires.Compilation.GetSemanticModel(node.SyntaxTree).GetOperation(body, cancellation) is { } operation)
            {
                bodies.Add(operation);
            }
        }

        return bodies.Count == 0 ? CodeFacts.None : reader.Read(bodies);
    }
}
