using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>The wires that an exchange is about, who talks to whom among them, and what it wins to move each to the other side as things stand.</summary>
/// <remarks>
/// The bookkeeping of Fiduccia and Mattheyses (1982): moving a wire changes the gains of those that it talks to, by twice their messages, and nobody else's.
/// </remarks>
internal sealed class ExchangeGraph
{
    private readonly int[] _starts;
    private readonly (int Other, float Rate)[] _edges;
    private readonly double[] _gains;
    private readonly bool[] _isRight;
    private readonly bool[] _isMoved;
    private readonly PriorityQueue<(int Wire, double Gain), double> _left = new();
    private readonly PriorityQueue<(int Wire, double Gain), double> _right = new();

    /// <param name="left">Wires on one node.</param>
    /// <param name="right">Wires on the other.</param>
    public ExchangeGraph(IReadOnlyList<ExchangeCandidate> left, IReadOnlyList<ExchangeCandidate> right)
    {
        Wires = [.. left, .. right];
        _gains = new double[Wires.Length];
        _isRight = new bool[Wires.Length];
        _isMoved = new bool[Wires.Length];
        (_starts, _edges) = Connect(Wires);
        for (int i = 0; i < Wires.Length; i++)
        {
            _gains[i] = Wires[i].Gain - Wires[i].Price;
            _isRight[i] = i >= left.Count;
            Enqueue(i);
        }
    }

    /// <summary>Those of the left, then those of the right.</summary>
    public ExchangeCandidate[] Wires { get; }

    /// <summary>Whether the wire began on the right.</summary>
    public bool IsRight(int wire) => _isRight[wire];

    /// <summary>What moving it wins now, less its price.</summary>
    public double GainOf(int wire) => _gains[wire];

    /// <summary>The wire of a side that wins most by moving; -1 if none is left there.</summary>
    public int Best(bool right)
    {
        PriorityQueue<(int Wire, double Gain), double> queue = right ? _right : _left;
        while (queue.TryPeek(out (int Wire, double Gain) top, out _))
        {
            // An entry whose gain has changed since has a younger one.
            if (!_isMoved[top.Wire] && _gains[top.Wire] == top.Gain)
            {
                return top.Wire;
            }

            queue.Dequeue();
        }

        return -1;
    }

    /// <summary>Moves it to the other side, once.</summary>
    public void Move(int wire)
    {
        _isMoved[wire] = true;
        foreach ((int other, float rate) in _edges.AsSpan(_starts[wire], _starts[wire + 1] - _starts[wire]))
        {
            if (!_isMoved[other])
            {
                // Who was beside it is now apart from it, and the other way round.
                _gains[other] += _isRight[other] == _isRight[wire] ? 2 * rate : -2 * rate;
                Enqueue(other);
            }
        }
    }

    /// <summary>Takes it out: it does not fit.</summary>
    public void Drop(int wire) => _isMoved[wire] = true;

    private void Enqueue(int wire) => (_isRight[wire] ? _right : _left).Enqueue((wire, _gains[wire]), -_gains[wire]);

    private static (int[] Starts, (int Other, float Rate)[] Edges) Connect(ExchangeCandidate[] wires)
    {
        var indexOf = new Dictionary<ulong, int>(wires.Length);
        for (int i = 0; i < wires.Length; i++)
        {
            indexOf[wires[i].Fingerprint] = i;
        }

        // Both ends may have counted the same messages, and either may have lost sight of the other: the higher count is the better one.
        var pairs = new Dictionary<(int, int), float>();
        var starts = new int[wires.Length + 1];
        for (int i = 0; i < wires.Length; i++)
        {
            foreach (ExchangeEdge edge in wires[i].Edges)
            {
                if (indexOf.TryGetValue(edge.Peer, out int other) && other != i)
                {
                    ref float rate = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, i < other ? (i, other) : (other, i), out bool isKnown);
                    if (!isKnown)
                    {
                        starts[i + 1]++;
                        starts[other + 1]++;
                    }

                    rate = Math.Max(rate, edge.Rate);
                }
            }
        }

        for (int i = 0; i < wires.Length; i++)
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
