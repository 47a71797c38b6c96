namespace Wires.Balancing;

/// <summary>What a wire that is offered in an exchange talks to another one.</summary>
/// <param name="Peer">The other one's <see cref="WireFingerprint"/>.</param>
/// <param name="Rate">Messages per second, both ways.</param>
internal readonly record struct ExchangeEdge(ulong Peer, float Rate);
