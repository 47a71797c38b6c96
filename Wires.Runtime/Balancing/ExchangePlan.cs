namespace Wires.Balancing;

/// <summary>What two nodes exchange.</summary>
/// <param name="Coming">Of what was offered, what should come.</param>
/// <param name="Going">What should go in return.</param>
/// <param name="Gain">Messages per second that become local by it, less those that become remote; prices not taken off.</param>
internal sealed record ExchangePlan(IReadOnlyList<ExchangeCandidate> Coming, IReadOnlyList<ExchangeCandidate> Going, double Gain);
