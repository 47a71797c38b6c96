namespace Wires.Generators.Models;

/// <summary>The fields that travel, in the order in which they are written.</summary>
internal sealed record StateModel(EquatableArray<StateFieldModel> Fields, EquatableArray<AccessorClassModel> AccessorClasses);
