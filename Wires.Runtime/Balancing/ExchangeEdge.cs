namespace Wires.Balancing;

/// <summary>What a wire that is offered in an exchange talks to another one.</summary>
/// <param name="Peer">The other one's <see cref="WireFingerprint"/>.</param>
/// <param name="Rate">Messages per second, both ways.</param>
/// <param name="IsAtTarget">Whether it is believed to be at the target; otherwise where the wire is. The candidate's gain counts it so.</param>
internal readonly record struct ExchangeEdge(ulong Peer, float Rate, bool IsAtTarget);
