namespace Wires.Generators.Serialization;

/// <summary>How a new object comes to be.</summary>
/// <param name="Kind">The route.</param>
/// <param name="Accessor">The accessor's call, for <see cref="ConstructionKind.Accessor"/>.</param>
internal sealed record ConstructionModel(ConstructionKind Kind, string? Accessor = null);
