namespace Wires.Balancing;

/// <summary>The rule by which a node moves its wires. <see cref="DefaultBalancingPolicy"/> is the one that runs unless another is set.</summary>
/// <remarks>
/// Every node has its own object and decides about its own wires only; there is no leader. Methods are called one at a time, never from a wire's turn, and have to be quick: they get no
/// tokens and must not wait. Time and randomness come from the <see cref="BalancingRound"/>, so that a policy runs in the simulator as it does in a node. An exception ends
/// the round without a move, and is logged. Affinity exchanges are not up to the policy; <see cref="BalancingOptions.Affinity"/> turns them off.
/// </remarks>
public interface IBalancingPolicy
{
    /// <summary>Decides which wires are to go where: called each <see cref="BalancingOptions.Period"/>, also when nothing needs doing. Calls <see cref="BalancingRound.Move"/> for each.</summary>
    /// <param name="round">What is known, and what was decided.</param>
    void Decide(BalancingRound round);

    /// <summary>Answers a node that wants to send wires here. Called before anything is sent; what is granted is counted into this node's exported load until it has come.</summary>
    /// <param name="request">What it wants to send.</param>
    /// <param name="round">What is known here; <see cref="BalancingRound.Wires"/> is empty.</param>
    /// <returns>How much may come: <see cref="GrantAnswer.Refused"/> for nothing.</returns>
    GrantAnswer Grant(in GrantRequest request, BalancingRound round);

    /// <summary>Finds a place for a wire that is about to come to life at its home, which is this node.</summary>
    /// <param name="round">What is known here; <see cref="BalancingRound.Wires"/> is empty.</param>
    /// <returns>Where to bring it to life; null for here.</returns>
    NodeLoad? Place(BalancingRound round);
}
