using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Wires.Analyzers;

/// <summary>What a method needs after an await: a variable, or the value of an expression that was computed before it.</summary>
internal sealed class AliveValue
{
    public AliveValue(ISymbol variable, ITypeSymbol type) => (Identity, Variable, Type) = (variable, variable, type);

    public AliveValue(IOperation value) => (Identity, Value, Type) = (value.Syntax, value, value.Type);

    /// <summary>Equal for the same variable or expression.</summary>
    public object Identity { get; }

    public ISymbol? Variable { get; }

    public IOperation? Value { get; }

    public ITypeSymbol? Type { get; }
}
