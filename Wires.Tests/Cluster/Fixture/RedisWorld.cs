using Wires.Cluster;
using Wires.Cluster.Redis;

namespace Wires.Tests.Cluster;

/// <summary>A cluster in a Redis server, which is the world's own if the test wants to hurt it.</summary>
internal sealed class RedisWorld(RedisServer server, bool isOwn) : CoordinatorWorld
{
    public string ClusterName { get; } = Guid.NewGuid().ToString("N");

    public RedisServer Server => server;

    public override Task GoAway() => server.KillAsync();

    public override Task ComeBack() => server.RestartAsync();

    public override async Task LoseAll()
    {
        using var client = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(server.AdminConnectionString, null);
        await client.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    public override async Task ChangeServer()
    {
        await server.StopAsync();
        await server.RestartAsync();
    }

    protected override ICoordinator Make() => new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString, ClusterName) { Timeout = Timeout });

    protected override ValueTask End() => isOwn ? server.DisposeAsync() : ValueTask.CompletedTask;
}
