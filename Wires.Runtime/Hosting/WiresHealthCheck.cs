using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Wires.Hosting;

/// <summary>Healthy while the node takes calls, is a member of its cluster, and no turn blocks a thread for long.</summary>
internal sealed class WiresHealthCheck(WireNode node) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["node"] = node.Name,
            ["wires"] = node.WireCount,
            ["greedyTurns"] = node.GreedyTurns,
        };
        if (node.IsStopping)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy($"Node {node.Name} is stopping or has stopped.", data: data));
        }

        if (node.Cluster is { } cluster)
        {
            data["members"] = cluster.Member?.View?.Members.Length ?? 0;
            if (cluster.IsSilent)
            {
                return Task.FromResult(HealthCheckResult.Unhealthy($"Node {node.Name} is no member of its cluster at the moment: it joins, or was cut off and joins again.", data: data));
            }
        }

        return Task.FromResult(node.RecentGreedyTurn is { } greedy
            ? HealthCheckResult.Degraded($"Turns hold threads too long on node {node.Name}, last {greedy}.", data: data)
            : HealthCheckResult.Healthy($"Node {node.Name} runs {node.WireCount} wires.", data));
    }
}
