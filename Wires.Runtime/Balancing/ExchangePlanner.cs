namespace Wires.Balancing;

/// <summary>Finds out which wires two nodes should exchange so that more messages become local, with both loads staying where they are.</summary>
/// <remarks>
/// Pairwise partitioning as in ActOp (Newell et al., "Optimizing Distributed Actor Systems for Dynamic Interactive Services", EuroSys 2016): one node proposes candidates, the other one picks among them
/// and its own, greedily, with gains kept up to date. Beyond it, the greedy sequence is followed past gains below zero, and cut where their sum was greatest (Kernighan and Lin 1970): a community whose halves are on
/// two nodes has no wire that wins by moving alone.
/// </remarks>
internal static class ExchangePlanner
{
    /// <summary>How far a sequence is followed after its best place.</summary>
    private const int Patience = 2000;

    /// <summary>What a node may offer of its work at most.</summary>
    private const double LargestShare = 0.5;

    /// <summary>What would be offered to a node: the wires that win most by going there, and those that would once these had gone.</summary>
    /// <param name="wires">What may move.</param>
    /// <param name="most">How many are offered.</param>
    public static IReadOnlyList<ExchangeCandidate> Select(IReadOnlyList<ExchangeCandidate> wires, int most)
    {
        double room = wires.Sum(static wire => wire.Work) * LargestShare;
        var graph = new ExchangeGraph(wires, []);
        var selected = new List<ExchangeCandidate>(Math.Min(most, wires.Count));
        while (selected.Count < most && graph.Best(right: false) is >= 0 and var wire)
        {
            if (graph.Wires[wire].Work > room)
            {
                graph.Drop(wire);
                continue;
            }

            room -= graph.Wires[wire].Work;
            selected.Add(graph.Wires[wire]);
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
        var graph = new ExchangeGraph(offered, own);
        double mean = ((offeredLoad * offeredCapacity) + (ownLoad * ownCapacity)) / (offeredCapacity + ownCapacity);
        double apart = offeredLoad - ownLoad;
        double final = Math.Max(delta * mean, Math.Abs(apart));

        // On the way more is allowed than in the end, or a sequence could not begin with a heavy wire.
        double onTheWay = 2 * final;
        var sequence = new List<int>();
        double gain = 0;
        double bestGain = 0;
        int bestLength = 0;
        while (sequence.Count - bestLength < Patience)
        {
            int left = Fitting(graph, right: false, apart, onTheWay, offeredCapacity, ownCapacity);
            int right = Fitting(graph, right: true, apart, onTheWay, offeredCapacity, ownCapacity);
            if (left < 0 && right < 0)
            {
                break;
            }

            int next = right < 0 || (left >= 0 && graph.GainOf(left) >= graph.GainOf(right)) ? left : right;
            gain += graph.GainOf(next);
            apart = Apart(graph, next, apart, offeredCapacity, ownCapacity);
            graph.Move(next);
            sequence.Add(next);
            if (gain > bestGain && Math.Abs(apart) <= final)
            {
                (bestGain, bestLength) = (gain, sequence.Count);
            }
        }

        sequence.RemoveRange(bestLength, sequence.Count - bestLength);
        return new ExchangePlan(
            [.. sequence.Where(wire => !graph.IsRight(wire)).Select(wire => graph.Wires[wire])],
            [.. sequence.Where(graph.IsRight).Select(wire => graph.Wires[wire])],
            bestGain + sequence.Sum(wire => graph.Wires[wire].Price));
    }

    // The best wire of a side, if the loads allow it to move now. The best alone is asked: one that fits less well would change the order of gains.
    private static int Fitting(ExchangeGraph graph, bool right, double apart, double limit, double leftCapacity, double rightCapacity)
    {
        while (graph.Best(right) is >= 0 and var wire)
        {
            double after = Math.Abs(Apart(graph, wire, apart, leftCapacity, rightCapacity));
            if (after <= limit || after < Math.Abs(apart))
            {
                return wire;
            }

            if (Math.Abs(Apart(graph, wire, right ? -limit : limit, leftCapacity, rightCapacity)) <= limit)
            {
                // It will fit when the other side has sent something.
                return -1;
            }

            graph.Drop(wire);
        }

        return -1;
    }

    private static double Apart(ExchangeGraph graph, int wire, double apart, double leftCapacity, double rightCapacity)
    {
        double change = graph.Wires[wire].Work * ((1 / leftCapacity) + (1 / rightCapacity));
        return graph.IsRight(wire) ? apart + change : apart - change;
    }
}
