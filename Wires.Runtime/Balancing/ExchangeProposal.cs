namespace Wires.Balancing;

/// <summary>A node offers another one wires, and asks for some in return.</summary>
/// <param name="From">Who offers.</param>
/// <param name="Number">Numbers its proposals.</param>
/// <param name="Load">Its load.</param>
/// <param name="Capacity">Its processors by speed.</param>
/// <param name="Present">All busy wires that it has, offered or not.</param>
/// <param name="Candidates">What it offers.</param>
internal sealed record ExchangeProposal(long From, long Number, double Load, double Capacity, IReadOnlyList<ulong> Present, IReadOnlyList<ExchangeCandidate> Candidates);
