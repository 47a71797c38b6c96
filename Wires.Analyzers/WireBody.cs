using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>A member of a wire class that has code, as bound operations.</summary>
internal sealed class WireBody(ISymbol owner, ImmutableArray<IOperation> blocks)
{
    private ImmutableArray<IOperation> _operations;

    /// <summary>The method or accessor, or the field or property that the code initializes.</summary>
    public ISymbol Owner { get; } = owner;

    /// <summary>Its blocks and initializers.</summary>
    public ImmutableArray<IOperation> Blocks { get; } = blocks;

    /// <summary>Everything in them, those of lambdas and local functions included. Listed once, for all rules.</summary>
    public ImmutableArray<IOperation> Operations
    {
        get
        {
            if (_operations.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _operations, Blocks.SelectMany(static block => block.DescendantsAndSelf()).ToImmutableArray());
            }

            return _operations;
        }
    }
}
