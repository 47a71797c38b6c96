using Wires.Generators.Models;

namespace Wires.Generators.Serialization;

/// <summary>All that formatters are planned from.</summary>
/// <param name="Wires">The wire classes and <c>[Home]</c> interfaces of the compilation.</param>
/// <param name="ClosedRefs">The refs of closed generic wires that it names, as code: <c>global::App.CacheRef&lt;int&gt;</c>.</param>
internal sealed record AllRoots(EquatableArray<WireRoots> Wires, EquatableArray<string> ClosedRefs);
