namespace Wires.Generators.Models;

/// <summary>A closed generic wire that the compilation names.</summary>
/// <param name="NameExpression">The name of the wire type.</param>
/// <param name="RefClassName">Its ref.</param>
internal sealed record ClosedWireModel(string NameExpression, string RefClassName);
