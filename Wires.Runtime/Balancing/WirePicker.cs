namespace Wires.Balancing;

/// <summary>The wires of a round that may move, heaviest first, from which one after the other is taken.</summary>
internal sealed class WirePicker
{
    /// <summary>So many wires of about one load are compared by whom they talk to.</summary>
    private const int Compared = 8;

    /// <summary>So many lighter ones, where all of those would leave company behind.</summary>
    private const int ComparedByCompany = 128;

    /// <summary>How much lighter: who sheds load by crumbs is never done.</summary>
    private const double LightestShare = 64;

    private readonly BusyWire[] _wires;

    // _next[i] is i where the wire is still there, else an index further on: a chain that is shortened on the way.
    private readonly int[] _next;

    public WirePicker(IEnumerable<BusyWire> wires)
    {
        _wires = [.. wires];
        Array.Sort(_wires, static (left, right) => left.Work != right.Work ? right.Work.CompareTo(left.Work) : left.Fingerprint.CompareTo(right.Fingerprint));
        _next = new int[_wires.Length + 1];
        for (int i = 0; i < _next.Length; i++)
        {
            _next[i] = i;
        }

        Left = _wires.Length;
    }

    /// <summary>How many are left.</summary>
    public int Left { get; private set; }

    /// <summary>
    /// Takes a wire of at most so much work: the second-heaviest, as the heaviest is mostly where it should be, or one of the next that leaves less company behind. Where all of those leave
    /// company, a lighter one is taken that leaves less for the work that it takes along.
    /// </summary>
    /// <param name="mostWork">The most that fits.</param>
    /// <param name="round">Tells whom wires talk to.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="considered">How many were compared.</param>
    public BusyWire? Take(double mostWork, BalancingRound round, NodeLoad target, out int considered)
    {
        int first = Find(FirstOfAtMost(mostWork));
        considered = 0;
        if (first == _wires.Length)
        {
            return null;
        }

        int best = first;
        double bestSaved = double.NegativeInfinity;
        int second = Find(first + 1);
        for (int i = second; i < _wires.Length && considered < Compared; i = Find(i + 1))
        {
            considered++;
            double saved = round.MessagesSavedBy(_wires[i], target);
            if (saved > bestSaved)
            {
                (best, bestSaved) = (i, saved);
            }
        }

        considered++;
        if (bestSaved < 0)
        {
            best = LeavesLeast(best, second, round, target, ref considered);
        }

        _next[best] = best + 1;
        Left--;
        return _wires[best];
    }

    // The heaviest wires are hubs, and the node that is too full has most of whom they talk to: by weight alone, it would send away what holds it together.
    private int LeavesLeast(int best, int from, BalancingRound round, NodeLoad target, ref int considered)
    {
        double bestPrice = PriceOf(best, round, target);
        int to = FirstOfAtMost(_wires[best].Work / LightestShare);
        int step = Math.Max(1, (to - from) / ComparedByCompany);
        for (int i = Find(Math.Min(from + round.Random.Next(step), _wires.Length)); i < to; i = Find(Math.Min(i + step, _wires.Length)))
        {
            considered++;
            double price = PriceOf(i, round, target);
            if (price < bestPrice)
            {
                (best, bestPrice) = (i, price);
            }
        }

        return best;
    }

    // What its move costs in time, for the work that it takes along.
    private double PriceOf(int index, BalancingRound round, NodeLoad target)
    {
        BusyWire wire = _wires[index];
        double left = Math.Max(0, -round.MessagesSavedBy(wire, target));
        return ((left * round.Options.RemoteMessageCost.TotalSeconds * round.Options.Payback.TotalSeconds) + round.CostOf(wire.Bytes)) / wire.Work;
    }

    private int FirstOfAtMost(double work)
    {
        int low = 0;
        int high = _wires.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_wires[middle].Work > work)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int Find(int index)
    {
        while (_next[index] != index)
        {
            _next[index] = _next[_next[index]];
            index = _next[index];
        }

        return index;
    }
}
