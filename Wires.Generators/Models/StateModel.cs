namespace Wires.Generators.Models;

/// <summary>The fields that travel, in the order in which they are written.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="AccessorClasses">How to reach those of generic base classes.</param>
/// <param name="Problem">Why the state cannot travel, with the name of the field; null if it can.</param>
internal sealed record StateModel(EquatableArray<StateFieldModel> Fields, EquatableArray<AccessorClassModel> AccessorClasses, string? Problem);
