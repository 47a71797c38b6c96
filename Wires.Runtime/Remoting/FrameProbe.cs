using Wires.Transport;

namespace Wires.Remoting;

/// <summary>Where tests lose, hold and double what nodes say to each other.</summary>
/// <param name="node">The node that a frame has come to. What was held is heard by <see cref="ClusterNode.Hear"/>.</param>
/// <param name="connection">The connection that it came by.</param>
/// <param name="frame">The frame, valid during the call.</param>
/// <returns>Whether the node hears it now.</returns>
internal delegate bool FrameProbe(ClusterNode node, Connection connection, ReadOnlySpan<byte> frame);
