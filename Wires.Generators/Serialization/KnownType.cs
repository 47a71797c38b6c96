namespace Wires.Generators.Serialization;

/// <summary>What the runtime formats itself.</summary>
/// <param name="Formatter">The generic formatter to close and register; null when the runtime has registered it already.</param>
/// <param name="IsImmutable">Values are shared when their type arguments are.</param>
internal readonly record struct KnownType(string? Formatter, bool IsImmutable);
