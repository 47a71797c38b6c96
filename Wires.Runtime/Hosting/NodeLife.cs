using System.Runtime.CompilerServices;
using Wires.Remoting;

namespace Wires;

/// <summary>How long a node may run a wire and be heard. The wires of a slot that came to life in one epoch of it share one.</summary>
internal sealed class NodeLife(ClusterNode? cluster, long epoch)
{
    /// <summary>Lives and moves of a wire within one epoch of its slot.</summary>
    private const int MoveBits = 24;

    /// <summary>The life of a node without a cluster.</summary>
    public static readonly NodeLife Endless = new(null, epoch: 0);

    /// <summary>
    /// Whether the node has to be silent: its lease has ended, and the cluster may run its wires elsewhere. Asked before every turn, by the true time:
    /// a process that was frozen must not start one on waking up. A node without a cluster pays for one look at a field.
    /// </summary>
    public bool IsOver
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => cluster is not null && cluster.IsSilent;
    }

    /// <summary>Grows with every move of a wire, and when it comes to life anew: the epoch of its slot, and a count within that. 0 without a cluster.</summary>
    public long Epoch => epoch;

    /// <summary>The same time to live, for a wire that has moved within it.</summary>
    public NodeLife WithEpoch(long later) => new(cluster, later);

    /// <summary>The epoch of a wire that comes to life in an epoch of its slot.</summary>
    public static long FirstEpochIn(uint slotEpoch) => (long)slotEpoch << MoveBits;

    /// <summary>Whether it is part of an incarnation of the node.</summary>
    public bool IsOf(ClusterNode incarnation) => ReferenceEquals(cluster, incarnation);
}
