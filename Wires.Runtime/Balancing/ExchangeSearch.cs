namespace Wires.Balancing;

/// <summary>Moves wires between two nodes for the sake of their messages, while the loads stay within a tolerance.</summary>
/// <param name="apart">What the left node's load is above the right one's.</param>
/// <param name="leftCapacity">The left node's processors.</param>
/// <param name="rightCapacity">The right node's processors.</param>
/// <param name="tolerance">What they may be apart in the end.</param>
internal sealed class ExchangeSearch(double apart, double leftCapacity, double rightCapacity, double tolerance)
{
    /// <summary>On the way they may be further apart, or a sequence could not begin with anything heavy.</summary>
    private const double OnTheWay = 2;

    private double _apart = apart;
    private readonly double _perWork = (1 / leftCapacity) + (1 / rightCapacity);

    /// <summary>Whether the loads are near enough to each other.</summary>
    public bool IsEven => Math.Abs(_apart) <= tolerance;

    /// <summary>One pass: moves the best one by one, then takes back what came after the best place.</summary>
    /// <param name="graph">Wires, or groups of them.</param>
    /// <param name="patience">How far it looks past the best place.</param>
    /// <param name="mustBeEven">Whether the loads have to be within the tolerance in the end; groups need not, single wires follow.</param>
    /// <returns>What it wins, in messages per second less prices.</returns>
    public double Improve(ExchangeGraph graph, int patience, bool mustBeEven)
    {
        graph.BeginPass();
        double limit = OnTheWay * tolerance;
        for (int i = 0; i < graph.Count && !mustBeEven; i++)
        {
            // A group may be larger than the tolerance; then another one comes in return.
            limit = Math.Max(limit, graph.WorkOf(i) * _perWork);
        }

        var sequence = new List<int>();
        double gain = 0;
        double apartAtBest = _apart;
        double bestGain = mustBeEven && !IsEven ? double.NegativeInfinity : 0;
        int bestLength = 0;
        while (sequence.Count - bestLength < patience)
        {
            int left = Fitting(graph, right: false, limit);
            int right = Fitting(graph, right: true, limit);
            if (left < 0 && right < 0)
            {
                break;
            }

            int next = right < 0 || (left >= 0 && graph.GainOf(left) >= graph.GainOf(right)) ? left : right;
            gain += graph.GainOf(next);
            _apart = After(graph, next);
            graph.Move(next);
            sequence.Add(next);
            if (gain > bestGain && (mustBeEven ? IsEven : Math.Abs(_apart) <= limit))
            {
                (bestGain, bestLength, apartAtBest) = (gain, sequence.Count, _apart);
            }
        }

        for (int i = sequence.Count - 1; i >= bestLength; i--)
        {
            graph.Move(sequence[i]);
        }

        _apart = apartAtBest;
        return double.IsNegativeInfinity(bestGain) ? 0 : bestGain;
    }

    private double After(ExchangeGraph graph, int item) => graph.IsRight(item) ? _apart + (graph.WorkOf(item) * _perWork) : _apart - (graph.WorkOf(item) * _perWork);

    // The best of a side, if the loads allow it to move now. One that may fit later is waited for: moving worse ones in its place would change the order of gains.
    private int Fitting(ExchangeGraph graph, bool right, double limit)
    {
        while (graph.Best(right) is >= 0 and var item)
        {
            double after = Math.Abs(After(graph, item));
            if (after <= limit || after < Math.Abs(_apart))
            {
                return item;
            }

            if (graph.WorkOf(item) * _perWork <= 2 * limit)
            {
                return -1;
            }

            graph.Lock(item);
        }

        return -1;
    }
}
