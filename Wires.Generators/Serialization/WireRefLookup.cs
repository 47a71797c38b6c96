using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>
/// Finds the wire whose ref an unresolved type name means. Refs of the compilation's own wires do not exist while the generator runs, so they
/// are error types. Gives the ref's fully qualified name (containing types included, its own type arguments not), or null.
/// </summary>
internal delegate string? WireRefLookup(INamedTypeSymbol unresolved);
