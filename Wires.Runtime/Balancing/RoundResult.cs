namespace Wires.Balancing;

/// <summary>What a node has to do after a round.</summary>
/// <param name="NewsTarget">Whom to tell the news; 0 for nobody.</param>
/// <param name="News">What to tell.</param>
/// <param name="Requests">Whom to ask for a grant.</param>
/// <param name="Partner">Whom to propose an exchange to; 0 for nobody.</param>
/// <param name="Proposal">What to propose.</param>
internal sealed record RoundResult(long NewsTarget, LoadNews? News, IReadOnlyList<MoveRequest> Requests, long Partner, ExchangeProposal? Proposal);
