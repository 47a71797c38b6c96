namespace Wires.Generators.Models;

/// <summary>A type as generated code uses it.</summary>
internal sealed record TypeModel
{
    /// <summary>As declared, with its nullability.</summary>
    public required string Name { get; init; }

    /// <summary>As a type argument of a formatter: a reference type without its outermost question mark.</summary>
    public required string FormatterName { get; init; }

    /// <summary>Immutable: handed over without a copy.</summary>
    public required bool IsShared { get; init; }

    /// <summary>Has to be cleared when a message goes back to its pool.</summary>
    public required bool HoldsReferences { get; init; }

    public required TypeEncoding Encoding { get; init; }
}
