using System.Runtime.CompilerServices;
using Wires.Remoting;

namespace Wires;

/// <summary>How long a node, or one incarnation of it in its cluster, may run turns and be heard.</summary>
internal sealed class NodeLife(ClusterNode? cluster)
{
    /// <summary>The life of a node without a cluster.</summary>
    public static readonly NodeLife Endless = new(null);

    /// <summary>
    /// Whether the node has to be silent: its lease has ended, and the cluster may run its wires elsewhere. Asked before every turn, by the true time:
    /// a process that was frozen must not start one on waking up. A node without a cluster pays for one look at a field.
    /// </summary>
    public bool IsOver
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => cluster is not null && Environment.TickCount64 >= cluster.SilentFrom;
    }
}
