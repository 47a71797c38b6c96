using Wires.Generators.Serialization;

namespace Wires.Generators.Models;

/// <summary>A type as generated code declares it, and what happens to its values.</summary>
/// <param name="Name">As declared, with its nullability and the names of tuple elements.</param>
/// <param name="Plan">How a value is written, read and copied.</param>
internal sealed record TypeModel(string Name, TypePlan Plan);
