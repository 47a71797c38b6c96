namespace Wires.Balancing;

/// <summary>Finds out which wires two nodes should exchange so that more messages become local, with both loads staying where they are.</summary>
/// <remarks>
/// Pairwise partitioning as in ActOp (Newell et al., "Optimizing Distributed Actor Systems for Dynamic Interactive Services", EuroSys 2016): one node proposes candidates, the other one picks among them
/// and its own, greedily, with gains kept up to date. Two things are added, both from graph partitioning. The greedy sequence is followed past gains below zero, and cut where their sum was greatest (Kernighan and
/// Lin 1970). And groups of wires that talk mostly to each other are moved as one before single wires are (multilevel: Hendrickson and Leland 1995): a community whose halves are on two nodes has no
/// wire that wins by moving alone.
/// </remarks>
internal static class ExchangePlanner
{
    /// <summary>How far a sequence is followed after its best place.</summary>
    private const int Patience = 256;

    /// <summary>Passes over single wires, at most.</summary>
    private const int Passes = 4;

    /// <summary>An exchange that wins less than this share of what its wires say to wires of the two nodes is left alone: there is always one more wire that chance makes look better elsewhere.</summary>
    private const double Least = 0.003;

    /// <summary>The most work of a group, as shares of what a node offers; 0 for single wires only. All are tried, and the best plan is taken.</summary>
    private static readonly double[] s_groupShares = [0, 0.03, 0.1, 0.3, 0.6];

    /// <summary>What would be offered to a node: the wires that win most by going there, and those that would once these had gone.</summary>
    /// <param name="wires">What may move.</param>
    /// <param name="most">How many are offered.</param>
    public static IReadOnlyList<ExchangeCandidate> Select(IReadOnlyList<ExchangeCandidate> wires, int most)
    {
        if (wires.Count <= most)
        {
            return wires;
        }

        var graph = ExchangeGraph.Of(wires, []);
        var selected = new List<ExchangeCandidate>(most);
        while (selected.Count < most && graph.Best(right: false) is >= 0 and var wire)
        {
            selected.Add(wires[wire]);
            graph.Move(wire);
        }

        return selected;
    }

    /// <summary>Which of the offered wires should come, and which of one's own should go.</summary>
    /// <param name="offered">The proposer's.</param>
    /// <param name="own">One's own.</param>
    /// <param name="offeredLoad">The proposer's load.</param>
    /// <param name="offeredCapacity">Its processors.</param>
    /// <param name="ownLoad">One's own load.</param>
    /// <param name="ownCapacity">One's own processors.</param>
    /// <param name="delta">What the two loads may be apart in the end, as a share of their mean; or as much as they were.</param>
    public static ExchangePlan Plan(
        IReadOnlyList<ExchangeCandidate> offered, IReadOnlyList<ExchangeCandidate> own, double offeredLoad, double offeredCapacity, double ownLoad, double ownCapacity, double delta)
    {
        var wires = ExchangeGraph.Of(offered, own);
        double[] gains = wires.Gains();
        double mean = ((offeredLoad * offeredCapacity) + (ownLoad * ownCapacity)) / (offeredCapacity + ownCapacity);
        double tolerance = Math.Max(delta * mean, Math.Abs(offeredLoad - ownLoad));
        double work = Math.Min(offered.Sum(static wire => wire.Work), own.Sum(static wire => wire.Work));
        ExchangeGraph? best = null;
        double bestGain = 0;
        foreach (double share in s_groupShares)
        {
            ExchangeGraph graph = wires.Copy(gains);
            var search = new ExchangeSearch(offeredLoad - ownLoad, offeredCapacity, ownCapacity, tolerance);
            double gain = share > 0 ? MoveGroups(graph, search, share * work) : 0;
            for (int pass = 0; pass < Passes; pass++)
            {
                double more = search.Improve(graph, Patience, mustBeEven: true);
                gain += more;
                if (more <= 0)
                {
                    break;
                }
            }

            if (gain > bestGain && search.IsEven)
            {
                (best, bestGain) = (graph, gain);
            }
        }

        double talk = offered.Sum(Talk) + own.Sum(Talk);
        if (best is null || bestGain < Least * talk)
        {
            return new ExchangePlan([], [], 0);
        }

        int[] away = [.. Enumerable.Range(0, best.Count).Where(best.IsAway)];
        return new ExchangePlan(
            [.. away.Where(wire => wire < offered.Count).Select(wire => offered[wire])],
            [.. away.Where(wire => wire >= offered.Count).Select(wire => own[wire - offered.Count])],
            bestGain + away.Sum(best.PriceOf));
    }

    private static double Talk(ExchangeCandidate wire) => wire.Edges.Sum(static edge => edge.Rate);

    private static double MoveGroups(ExchangeGraph graph, ExchangeSearch search, double most)
    {
        int[] groupOf = Communities.Find(graph, most, out int count);
        ExchangeGraph groups = graph.Contract(groupOf, count);
        double gain = search.Improve(groups, Patience, mustBeEven: false);
        for (int wire = 0; wire < graph.Count; wire++)
        {
            if (groups.IsAway(groupOf[wire]))
            {
                graph.Move(wire);
            }
        }

        return gain;
    }
}
