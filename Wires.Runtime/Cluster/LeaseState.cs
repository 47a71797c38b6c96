using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>A lease as stored. It has no end of its own: others see it unchanged for its length, on their own clocks, and then claim.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseState(long Incarnation, long Counter, long SeenView);
