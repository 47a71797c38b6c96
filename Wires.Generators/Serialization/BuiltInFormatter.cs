namespace Wires.Generators.Serialization;

/// <summary>A built-in formatter, closed over the types of one use.</summary>
/// <param name="TypeName">The type that it formats, fully qualified.</param>
/// <param name="Formatter">The expression that makes it.</param>
internal sealed record BuiltInFormatter(string TypeName, string Formatter);
