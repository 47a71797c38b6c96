using System.Collections.Concurrent;
using Wires.Balancing;

namespace SocialGraph.Nodes;

/// <summary>Reads off what nodes of this process measure of their own load: what the balancer keeps even. It decides nothing by itself.</summary>
internal sealed class LoadGauges
{
    private readonly ConcurrentDictionary<string, double> _loads = new();

    /// <summary>The load of each node, of late; 1 is all of its processors.</summary>
    public IReadOnlyDictionary<string, double> Loads => _loads;

    /// <summary>The rule that would run without this, for one more node.</summary>
    public IBalancingPolicy NewPolicy() => new Observed(new DefaultBalancingPolicy(), _loads);

    private sealed class Observed(IBalancingPolicy usual, ConcurrentDictionary<string, double> loads) : IBalancingPolicy
    {
        public void Decide(BalancingRound round)
        {
            loads[round.Local.Name] = round.Local.Load;
            usual.Decide(round);
        }

        public GrantAnswer Grant(in GrantRequest request, BalancingRound round) => usual.Grant(request, round);

        public NodeLoad? Place(BalancingRound round) => usual.Place(round);
    }
}
