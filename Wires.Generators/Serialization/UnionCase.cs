namespace Wires.Generators.Serialization;

/// <summary>A member type of a union.</summary>
internal sealed record UnionCase(ushort Tag, TypePlan Type);
