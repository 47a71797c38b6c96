using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;

namespace Wires.Tests.Migration;

/// <summary>A node "own" in this process and a node "other" in one of its own, in a cluster that nobody balances.</summary>
internal sealed class ProcessPair : IAsyncDisposable
{
    private readonly NodeProcess _other;
    private readonly ServiceProvider _services;

    private ProcessPair(NodeProcess other, ServiceProvider services) => (_other, _services) = (other, services);

    public WireNode Own => _services.GetRequiredService<WireNode>();

    public IWires Wires => _services.GetRequiredService<IWires>();

    /// <param name="redis">Where to meet.</param>
    /// <param name="load">The assemblies with wires that the other process loads.</param>
    public static async Task<ProcessPair> StartAsync(RedisServer redis, IEnumerable<string> load)
    {
        string cluster = Guid.NewGuid().ToString("N");
        NodeProcess other = await NodeProcess.StartAsync(redis.ConnectionString, cluster, "other", leaseSeconds: 20, load);
        var pair = new ProcessPair(other, new ServiceCollection().AddWires(options =>
        {
            options.UseRedis(redis.ConnectionString);
            options.NodeName = "own";
            options.Cluster.Name = cluster;
            options.Cluster.LeaseLength = TimeSpan.FromSeconds(20);
            options.Balancing.Enabled = false;
        }).BuildServiceProvider());
        await pair.Own.JoinAsync(CancellationToken.None).Within("the test's own node does not join");
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _other.DisposeAsync();
    }
}
