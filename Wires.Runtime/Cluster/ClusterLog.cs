using Microsoft.Extensions.Logging;

namespace Wires.Cluster;

/// <summary>All that a member logs.</summary>
internal sealed partial class ClusterLog(ILogger logger)
{
    [LoggerMessage(101, LogLevel.Information, "Node {Node} founded a cluster: the coordinator held none")]
    public partial void Founded(string node);

    [LoggerMessage(102, LogLevel.Information, "Node {Node} joined a cluster of {Members} nodes")]
    public partial void Joined(string node, int members);

    [LoggerMessage(103, LogLevel.Information, "Node {Node} left the cluster")]
    public partial void Left(string node);

    [LoggerMessage(104, LogLevel.Error, "Node {Node} stops all its turns: {Reason}. It can only join again as a new incarnation")]
    public partial void Fenced(string node, string reason);

    [LoggerMessage(105, LogLevel.Warning, "Node {Node} has lost the coordinator. Nodes extend each other's leases for up to {Seconds} s; until it is back nobody joins or leaves and no wire moves")]
    public partial void CoordinatorLost(string node, double seconds, Exception exception);

    [LoggerMessage(106, LogLevel.Information, "Node {Node} has the coordinator back")]
    public partial void CoordinatorBack(string node);

    [LoggerMessage(107, LogLevel.Warning, "Node {Node} took {Dead} for dead and removed it: its lease was not renewed")]
    public partial void Claimed(string node, string dead);

    [LoggerMessage(108, LogLevel.Warning, "Node {Node} put back what the coordinator had lost, from view {View}")]
    public partial void Restored(string node, long view);

    [LoggerMessage(109, LogLevel.Error, "A round of {Loop} failed on node {Node}; the next one comes all the same")]
    public partial void RoundFailed(string loop, string node, Exception exception);

    [LoggerMessage(110, LogLevel.Warning, "Node {Node} could not leave in order; the others remove it once its lease has ended")]
    public partial void LeftUnremoved(string node);
}
