using System.Runtime.CompilerServices;
using Wires.Remoting;

namespace Wires;

/// <summary>How long a node may run a wire and be heard. The wires of a slot that came to life in one epoch of it share one.</summary>
internal sealed class NodeLife(ClusterNode? cluster, long epoch)
{
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

    /// <summary>The epoch of the slot: a later life of its wires has a higher one if this one was lost. 0 without a cluster.</summary>
    public long Epoch => epoch;

    /// <summary>Whether it is part of an incarnation of the node.</summary>
    public bool IsOf(ClusterNode incarnation) => ReferenceEquals(cluster, incarnation);
}
