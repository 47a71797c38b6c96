using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>The types that one wire class sends or holds, or that one <c>[Home]</c> interface sends.</summary>
/// <param name="Wire">The metadata name of the class or interface.</param>
/// <param name="Types">Their names.</param>
internal sealed record WireRoots(string Wire, EquatableArray<string> Types);
