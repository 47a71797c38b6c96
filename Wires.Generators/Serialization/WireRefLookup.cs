using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>
/// Finds the ref that a type name means. Refs of the compilation's own wires do not exist while the generator runs: they are error types, or
/// structs of which only the user's part is there.
/// </summary>
/// <param name="type">An error type, or a struct declared in source whose name ends in Ref.</param>
/// <param name="usedBy">The member or parameter whose declaration names it: a bare name means what it means there.</param>
/// <returns>Null when it is no ref.</returns>
internal delegate PendingRef? WireRefLookup(INamedTypeSymbol type, ISymbol? usedBy);
