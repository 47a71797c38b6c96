namespace Wires.Generators.Models;

/// <summary>What the module initializer says about one wire class.</summary>
/// <param name="NameExpression">The name of the wire type; null for an open generic, which is registered where it is closed.</param>
/// <param name="Through">A call that registers a class which the module cannot name, being private to another; null for all others.</param>
/// <param name="ClassName">The wire class.</param>
/// <param name="RefClassName">Its ref.</param>
internal sealed record RegistrationModel(string? NameExpression, string? Through, string ClassName, string RefClassName);
