namespace Wires.Transport;

/// <summary>What a proven handshake has told of the peer.</summary>
internal readonly record struct HandshakeResult(NodeIdentity Peer, int MaxFrameBytes);
