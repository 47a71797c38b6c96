namespace Wires.Balancing;

/// <summary>Whom a wire talks to: its heaviest peers, and how much goes to each node. Bounded, and nothing is allocated for a message.</summary>
/// <remarks>
/// Space-Saving (Metwally, Agrawal, El Abbadi 2005): a peer that finds no room takes the place of the least one and inherits its count, so that the heavy ones are all there and counts are never too
/// low. Counts by node are kept apart, because a hub's many light peers would come and go in the first table; a peer that is seen on another node takes its count along. Not thread-safe: a wire's turns
/// write it, and a copy is what rounds read.
/// </remarks>
internal sealed class AffinitySketch
{
    /// <summary>How many peers are told apart.</summary>
    public const int PeerCapacity = 64;

    /// <summary>How many nodes are.</summary>
    public const int NodeCapacity = 16;

    private readonly ulong[] _peers = new ulong[PeerCapacity];
    private readonly long[] _peerNodes = new long[PeerCapacity];
    private readonly float[] _peerCounts = new float[PeerCapacity];
    private readonly float[] _peerErrors = new float[PeerCapacity];
    private readonly long[] _nodes = new long[NodeCapacity];
    private readonly float[] _nodeCounts = new float[NodeCapacity];

    /// <summary>How many peers are known.</summary>
    public int Peers { get; private set; }

    /// <summary>How many nodes are.</summary>
    public int Nodes { get; private set; }

    /// <summary>All messages counted, weighted by age.</summary>
    public float Total { get; private set; }

    /// <summary>One of the peers.</summary>
    public PeerCount this[int index] => new(_peers[index], _peerNodes[index], _peerCounts[index], _peerCounts[index] - _peerErrors[index]);

    /// <summary>Counts a message to or from a wire, local or not.</summary>
    public void Count(ulong peer, long node, float weight = 1)
    {
        Total += weight;
        int index = _peers.AsSpan(0, Peers).IndexOf(peer);
        if (index >= 0)
        {
            if (_peerNodes[index] != node)
            {
                MoveAt(index, node);
            }

            _peerCounts[index] += weight;
        }
        else if (Peers < PeerCapacity)
        {
            index = Peers++;
            (_peers[index], _peerNodes[index], _peerCounts[index], _peerErrors[index]) = (peer, node, weight, 0);
        }
        else
        {
            index = Least(_peerCounts);
            (_peers[index], _peerNodes[index], _peerErrors[index]) = (peer, node, _peerCounts[index]);
            _peerCounts[index] += weight;
        }

        AddToNode(node, weight);
    }

    /// <summary>A peer is known to be on another node than the last message told.</summary>
    public void MoveAt(int index, long node)
    {
        Shift(_peerNodes[index], node, _peerCounts[index]);
        _peerNodes[index] = node;
    }

    /// <summary>Messages with wires on a node.</summary>
    public float CountOf(long node)
    {
        int index = _nodes.AsSpan(0, Nodes).IndexOf(node);
        return index < 0 ? 0 : _nodeCounts[index];
    }

    /// <summary>The nodes talked to, with their counts.</summary>
    public (long Node, float Count) NodeAt(int index) => (_nodes[index], _nodeCounts[index]);

    /// <summary>Makes what was counted weigh less; peers that weigh next to nothing are forgotten.</summary>
    public void Decay(float kept)
    {
        const float Nothing = 0.05f;
        Total *= kept;
        for (int i = Peers - 1; i >= 0; i--)
        {
            _peerErrors[i] *= kept;
            if ((_peerCounts[i] *= kept) < Nothing)
            {
                int last = --Peers;
                (_peers[i], _peerNodes[i], _peerCounts[i], _peerErrors[i]) = (_peers[last], _peerNodes[last], _peerCounts[last], _peerErrors[last]);
            }
        }

        for (int i = Nodes - 1; i >= 0; i--)
        {
            if ((_nodeCounts[i] *= kept) < Nothing)
            {
                int last = --Nodes;
                (_nodes[i], _nodeCounts[i]) = (_nodes[last], _nodeCounts[last]);
            }
        }
    }

    private static int Least(float[] counts)
    {
        int least = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] < counts[least])
            {
                least = i;
            }
        }

        return least;
    }

    private void Shift(long from, long to, float count)
    {
        int index = _nodes.AsSpan(0, Nodes).IndexOf(from);
        if (index >= 0)
        {
            // The peer's count may be too high (Space-Saving), the node's is not.
            float moved = Math.Min(count, _nodeCounts[index]);
            _nodeCounts[index] -= moved;
            AddToNode(to, moved);
        }
    }

    private void AddToNode(long node, float weight)
    {
        int index = _nodes.AsSpan(0, Nodes).IndexOf(node);
        if (index < 0)
        {
            if (Nodes < NodeCapacity)
            {
                index = Nodes++;
                (_nodes[index], _nodeCounts[index]) = (node, 0);
            }
            else
            {
                // Unlike a peer, a node inherits nothing: messages that it never had would draw the wire there.
                index = Least(_nodeCounts);
                (_nodes[index], _nodeCounts[index]) = (node, 0);
            }
        }

        _nodeCounts[index] += weight;
    }
}
