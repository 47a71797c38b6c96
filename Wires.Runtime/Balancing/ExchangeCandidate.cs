namespace Wires.Balancing;

/// <summary>A wire that a node would give to another one in an exchange.</summary>
/// <param name="Id">Which.</param>
/// <param name="Fingerprint">Its <see cref="WireFingerprint"/>.</param>
/// <param name="Work">In processors.</param>
/// <param name="Bytes">What its move would send.</param>
/// <param name="Gain">Messages per second that become local if it alone moves, less those that become remote. Negative for one that goes along with others.</param>
/// <param name="Price">What a move of it has to win at least, in messages per second: what it costs by <see cref="BalancingOptions.Payback"/>, and what its gain may be wrong by.</param>
/// <param name="Edges">Whom it talks to.</param>
internal sealed record ExchangeCandidate(WireId Id, ulong Fingerprint, double Work, long Bytes, double Gain, double Price, ExchangeEdge[] Edges);
