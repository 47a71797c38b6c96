namespace Wires.Generators.Models;

/// <summary>Accessors to the fields of one generic base class. The runtime matches type parameters by position, so they need a class with the same ones.</summary>
internal sealed record AccessorClassModel(string Name, string TypeParameters, EquatableArray<string> Constraints, EquatableArray<AccessorModel> Accessors);
