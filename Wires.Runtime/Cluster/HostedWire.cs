using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>A wire that lives on a node.</summary>
/// <param name="Type">The name of its type.</param>
/// <param name="Key">Its key.</param>
/// <param name="Epoch">Of two that say where a wire is, the one with the higher epoch is right.</param>
/// <param name="Incarnation">The node; 0 for the one that says it. Another one where the wire is on its way between the two.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HostedWire(string Type, WireKey Key, long Epoch, long Incarnation = 0);
