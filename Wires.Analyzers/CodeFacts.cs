using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>What one method does that matters to a wire that calls it.</summary>
internal sealed class CodeFacts(ImmutableArray<CodeFact> blocking, ImmutableArray<CodeFact> statics, ImmutableArray<(IMethodSymbol Target, Location Where)> calls)
{
    public static readonly CodeFacts None = new([], [], []);

    public ImmutableArray<CodeFact> Blocking { get; } = blocking;

    /// <summary>Shared mutable statics that it reads or writes.</summary>
    public ImmutableArray<CodeFact> Statics { get; } = statics;

    /// <summary>Methods with source in this compilation that it surely calls.</summary>
    public ImmutableArray<(IMethodSymbol Target, Location Where)> Calls { get; } = calls;
}

/// <summary>One such thing: its name for messages, where it is, and what a fix would use in its place.</summary>
internal sealed class CodeFact(string name, Location where, string? twin = null, ISymbol? symbol = null)
{
    public string Name { get; } = name;

    public Location Where { get; } = where;

    public string? Twin { get; } = twin;

    public ISymbol? Symbol { get; } = symbol;
}
