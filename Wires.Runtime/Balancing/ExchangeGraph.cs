using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>The wires that an exchange is about (or groups of them), who talks to whom among them, and what it wins to move each to the other side as things stand.</summary>
/// <remarks>
/// The bookkeeping of Fiduccia and Mattheyses (1982): moving one changes the gains of those that it talks to, by twice their messages, and nobody else's. In a pass each moves at most once.
/// </remarks>
internal sealed class ExchangeGraph
{
    private readonly int[] _starts;
    private readonly (int Other, float Rate)[] _edges;
    private readonly double[] _work;
    private readonly double[] _price;
    private readonly double[] _gain;
    private readonly bool[] _beganRight;
    private readonly bool[] _isRight;
    private readonly bool[] _isLocked;
    private readonly PriorityQueue<(int Item, double Gain), double> _left = new();
    private readonly PriorityQueue<(int Item, double Gain), double> _right = new();

    private ExchangeGraph(int[] starts, (int Other, float Rate)[] edges, double[] work, double[] price, double[] gain, bool[] isRight)
    {
        (_starts, _edges, _work, _price, _gain, _beganRight) = (starts, edges, work, price, gain, isRight);
        _isRight = [.. isRight];
        _isLocked = new bool[work.Length];
        BeginPass();
    }

    /// <summary>How many there are.</summary>
    public int Count => _work.Length;

    /// <param name="left">Wires on one node.</param>
    /// <param name="right">Wires on the other; they are numbered after those of the left.</param>
    public static ExchangeGraph Of(IReadOnlyList<ExchangeCandidate> left, IReadOnlyList<ExchangeCandidate> right)
    {
        ExchangeCandidate[] wires = [.. left, .. right];
        var indexOf = new Dictionary<ulong, int>(wires.Length);
        for (int i = 0; i < wires.Length; i++)
        {
            indexOf[wires[i].Fingerprint] = i;
        }

        // Both ends may have counted the same messages, and either may have lost sight of the other: the higher count is the better one.
        var pairs = new Dictionary<(int, int), float>();
        for (int i = 0; i < wires.Length; i++)
        {
            foreach (ExchangeEdge edge in wires[i].Edges)
            {
                if (indexOf.TryGetValue(edge.Peer, out int other) && other != i)
                {
                    ref float rate = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, i < other ? (i, other) : (other, i), out _);
                    rate = Math.Max(rate, edge.Rate);
                }
            }
        }

        bool[] isRight = new bool[wires.Length];
        isRight.AsSpan(left.Count).Fill(true);
        (int[] starts, (int, float)[] edges) = Adjacency(wires.Length, pairs);
        return new ExchangeGraph(starts, edges, [.. wires.Select(static wire => wire.Work)], [.. wires.Select(static wire => wire.Price)], [.. wires.Select(static wire => wire.Gain)], isRight);
    }

    /// <summary>The same, as it began.</summary>
    public ExchangeGraph Copy(double[] gains) => new(_starts, _edges, _work, _price, [.. gains], _beganRight);

    /// <summary>What moving each wins now, prices not taken off.</summary>
    public double[] Gains() => [.. _gain];

    /// <summary>The groups in place of their members. Members must be on one side.</summary>
    public ExchangeGraph Contract(int[] groupOf, int groups)
    {
        double[] work = new double[groups];
        double[] price = new double[groups];
        double[] gain = new double[groups];
        bool[] isRight = new bool[groups];
        var pairs = new Dictionary<(int, int), float>();
        for (int i = 0; i < Count; i++)
        {
            int group = groupOf[i];
            work[group] += _work[i];
            price[group] += _price[i];
            gain[group] += _gain[i];
            isRight[group] = _isRight[i];
            foreach ((int other, float rate) in Edges(i))
            {
                int otherGroup = groupOf[other];
                if (otherGroup == group)
                {
                    // Each of the two counted the other as left behind; seen from both ends, so once here.
                    gain[group] += rate;
                }
                else if (i < other)
                {
                    ref float sum = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, group < otherGroup ? (group, otherGroup) : (otherGroup, group), out _);
                    sum += rate;
                }
            }
        }

        (int[] starts, (int, float)[] edges) = Adjacency(groups, pairs);
        return new ExchangeGraph(starts, edges, work, price, gain, isRight);
    }

    /// <summary>Whom it talks to.</summary>
    public ReadOnlySpan<(int Other, float Rate)> Edges(int item) => _edges.AsSpan(_starts[item], _starts[item + 1] - _starts[item]);

    /// <summary>Its work, in processors.</summary>
    public double WorkOf(int item) => _work[item];

    /// <summary>Whether it is on the right now.</summary>
    public bool IsRight(int item) => _isRight[item];

    /// <summary>Whether it is where it was not.</summary>
    public bool IsAway(int item) => _isRight[item] != _beganRight[item];

    /// <summary>What moving it wins now: less its price, or with its price back where it returns.</summary>
    public double GainOf(int item) => IsAway(item) ? _gain[item] + _price[item] : _gain[item] - _price[item];

    /// <summary>What moving it costs.</summary>
    public double PriceOf(int item) => _price[item];

    /// <summary>All may move again.</summary>
    public void BeginPass()
    {
        _left.Clear();
        _right.Clear();
        Array.Clear(_isLocked);
        for (int i = 0; i < Count; i++)
        {
            Enqueue(i);
        }
    }

    /// <summary>The one on a side that wins most by moving; -1 if none is left there.</summary>
    public int Best(bool right)
    {
        PriorityQueue<(int Item, double Gain), double> queue = right ? _right : _left;
        while (queue.TryPeek(out (int Item, double Gain) top, out _))
        {
            // An entry whose gain has changed since has a younger one.
            if (!_isLocked[top.Item] && _isRight[top.Item] == right && GainOf(top.Item) == top.Gain)
            {
                return top.Item;
            }

            queue.Dequeue();
        }

        return -1;
    }

    /// <summary>Moves it to the other side, and not again in this pass.</summary>
    public void Move(int item)
    {
        _isLocked[item] = true;
        foreach ((int other, float rate) in Edges(item))
        {
            // Who was beside it is now apart from it, and the other way round.
            _gain[other] += _isRight[other] == _isRight[item] ? 2 * rate : -2 * rate;
            if (!_isLocked[other])
            {
                Enqueue(other);
            }
        }

        _isRight[item] = !_isRight[item];
        _gain[item] = -_gain[item];
    }

    /// <summary>Leaves it where it is for this pass: it does not fit.</summary>
    public void Lock(int item) => _isLocked[item] = true;

    private void Enqueue(int item)
    {
        double gain = GainOf(item);
        (_isRight[item] ? _right : _left).Enqueue((item, gain), -gain);
    }

    private static (int[] Starts, (int Other, float Rate)[] Edges) Adjacency(int count, Dictionary<(int, int), float> pairs)
    {
        int[] starts = new int[count + 1];
        foreach ((int one, int two) in pairs.Keys)
        {
            starts[one + 1]++;
            starts[two + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var edges = new (int, float)[pairs.Count * 2];
        int[] next = [.. starts];
        foreach (((int one, int two), float rate) in pairs)
        {
            edges[next[one]++] = (two, rate);
            edges[next[two]++] = (one, rate);
        }

        return (starts, edges);
    }
}
