namespace Wires.Generators.Models;

/// <summary>An exception class that can be rebuilt from its message.</summary>
internal sealed record ExceptionModel(string Name, bool TakesInner);
