using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>The load of a node, as one node tells it to another.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Sequence">Numbered by that node: the higher, the newer.</param>
/// <param name="Age">How old it is when it is sent. Nodes' clocks differ, ages do not.</param>
/// <param name="Exported">The load for others to decide by.</param>
/// <param name="Load">The load as measured.</param>
/// <param name="Capacity">Processors by speed.</param>
/// <param name="FreeMemory">Bytes.</param>
/// <param name="State">Whether it takes wires.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NewsEntry(long Node, ulong Sequence, TimeSpan Age, double Exported, double Load, double Capacity, long FreeMemory, NodeState State);
