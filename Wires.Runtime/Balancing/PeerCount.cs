using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>A wire that another one talks to.</summary>
/// <param name="Peer">Its <see cref="WireFingerprint"/>.</param>
/// <param name="Node">Where it was when the last counted message went to it or came from it.</param>
/// <param name="Count">Messages counted, weighted by age: never too few, and perhaps those of peers whose place it took.</param>
/// <param name="Certain">As many of them are its own for certain.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeerCount(ulong Peer, long Node, float Count, float Certain);
