namespace Wires.Balancing;

/// <summary>What comes of a proposal.</summary>
/// <param name="From">Who answers.</param>
/// <param name="Number">The proposal's.</param>
/// <param name="IsBusy">It could not be looked at: the node is in another exchange, or takes no wires.</param>
/// <param name="Accepted">The candidates that are to come.</param>
/// <param name="Coming">The wires that are sent in return, from now on.</param>
/// <param name="Gain">Messages per second that become local by all of it, as far as the two know.</param>
internal sealed record ExchangeAnswer(long From, long Number, bool IsBusy, IReadOnlyList<ulong> Accepted, IReadOnlyList<ExchangeCandidate> Coming, double Gain)
{
    /// <summary>No exchange.</summary>
    public static ExchangeAnswer Nothing(long from, long number, bool isBusy) => new(from, number, isBusy, [], [], 0);
}
