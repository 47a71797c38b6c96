namespace Wires.Balancing;

/// <summary>A user's policy, whose exceptions end a decision and nothing else.</summary>
internal sealed class GuardedPolicy(IBalancingPolicy policy, Action<Exception> onFailure) : IBalancingPolicy
{
    public void Decide(BalancingRound round)
    {
        try
        {
            policy.Decide(round);
        }
        catch (Exception e)
        {
            round.Cancel();
            onFailure(e);
        }
    }

    public GrantAnswer Grant(in GrantRequest request, BalancingRound round)
    {
        try
        {
            return policy.Grant(request, round);
        }
        catch (Exception e)
        {
            onFailure(e);
            return GrantAnswer.Refused;
        }
    }

    public NodeLoad? Place(BalancingRound round)
    {
        try
        {
            return policy.Place(round);
        }
        catch (Exception e)
        {
            onFailure(e);
            return null;
        }
    }
}
