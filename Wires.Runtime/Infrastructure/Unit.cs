using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>The result of a method that has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Unit;
