using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>Follows the calls of wires into other code of the compilation. A body is read at most once, and only if a wire can reach it.</summary>
internal sealed class CallPaths(WireCompilation wires, CodeReader reader)
{
    private readonly ConcurrentDictionary<IMethodSymbol, CodeFacts> _facts = new(SymbolEqualityComparer.Default);

    // The facts of a wire's own code are read by more than one rule, but are of no use longer than its operations.
    private readonly ConditionalWeakTable<WireBody, CodeFacts> _factsOfWires = new();

    /// <summary>The facts of a wire's own code.</summary>
    public CodeFacts Facts(WireBody body) => _factsOfWires.GetValue(body, b => reader.Read(b.Blocks));

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
            : m.MethodKind == MethodKind.StaticConstructor ? $"static {m.ContainingType.Name}"
            : $"{m.ContainingType.Name}.{m.AssociatedSymbol?.Name ?? m.Name}"));

    private CodeFacts Read(IMethodSymbol method, CancellationToken cancellation)
    {
        List<IOperation> bodies = Bodies.Of(method, wires.Compilation, cancellation);
        CodeFacts facts = bodies.Count == 0 ? CodeFacts.None : reader.Read(bodies);

        // It sets up the statics of its own class before anybody shares them, and runs once: only what it does to others counts.
        return method.MethodKind != MethodKind.StaticConstructor ? facts
            : new CodeFacts([], facts.Statics.RemoveAll(f => f.Symbol is { } used && SymbolEqualityComparer.Default.Equals(used.ContainingType, method.ContainingType)), []);
    }
}
