using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>
/// Marks an assembly with wires. Its module initializer, which registers them, runs when something of it is touched; the generator has each assembly
/// that references it touch <see cref="Marker"/>, so that a node which only hosts its wires knows them too.
/// </summary>
/// <param name="marker">A public class of the assembly.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WireModuleAttribute(Type marker) : Attribute
{
    /// <summary>A public class of the assembly.</summary>
    public Type Marker => marker;
}
