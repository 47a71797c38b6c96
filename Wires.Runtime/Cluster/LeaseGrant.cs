using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>A lease to create; its counter starts at 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseGrant(long Incarnation, long SeenView);
