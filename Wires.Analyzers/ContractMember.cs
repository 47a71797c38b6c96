using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>A method or a state member of a wire, and the line that stands for it in the manifest.</summary>
/// <param name="symbol">What the code declares.</param>
/// <param name="line">What the manifest would say of it.</param>
/// <param name="isKnown">False while a type in it cannot be found, as in code that is being written.</param>
internal readonly struct ContractMember(ISymbol symbol, ContractLine line, bool isKnown)
{
    public ISymbol Symbol { get; } = symbol;

    public ContractLine Line { get; } = line;

    public bool IsKnown { get; } = isKnown;
}
