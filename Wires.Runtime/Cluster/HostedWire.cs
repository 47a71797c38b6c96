using System.Runtime.InteropServices;

namespace Wires.Cluster;

/// <summary>A wire that lives on a node, or is prepared there.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HostedWire(string Type, WireKey Key, uint Epoch);
