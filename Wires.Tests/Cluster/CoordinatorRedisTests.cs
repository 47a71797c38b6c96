using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;
using Wires.Cluster;
using Wires.Cluster.Redis;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Redis as the coordinator.</summary>
public sealed class CoordinatorRedisTests(SharedRedis redis) : CoordinatorTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APausedServerTimesOutAndHeals()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString) { Timeout = TimeSpan.FromSeconds(1) });
        Generation generation = await Found(node);
        server.Pause();
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.RenewAsync(generation.Id, 1, 1, Test));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.ReadAsync(Test));
        server.Resume();
        CoordinatorState state = await Healed(() => node.ReadAsync(Test));
        Assert.Equal(generation, state.Generation);
    }

    [Fact]
    public async Task AServerThatIsDownAtTheStartIsReportedAndFoundLater()
    {
        int port = RedisServer.FreePort();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(address + ",password=hush", "mine") { Timeout = TimeSpan.FromSeconds(1) });
        await using var quiet = new RedisCoordinator(new RedisCoordinatorOptions(address, "mine") { Timeout = TimeSpan.FromSeconds(1) });
        long start = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.ReadAsync(Test));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Contains(address, failure.Message, StringComparison.Ordinal);
        Assert.Contains("'mine'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("UseRedis", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => quiet.ReadAsync(Test));

        await using RedisServer server = await RedisServer.StartAtAsync(port);
        await using var other = new RedisCoordinator(new RedisCoordinatorOptions(address, "mine"));
        await Healed(() => quiet.ReadAsync(Test));
        Generation generation = await Found(other);
        int told = 0;
        quiet.ViewChanged += () => Interlocked.Increment(ref told);
        for (long number = 1; Volatile.Read(ref told) == 0; number++)
        {
            // The subscription follows the connection, some time later.
            Assert.True(number < 1200, "no change of a view was told within a minute");
            Assert.True(await other.TryChangeViewAsync(Change(generation, number, proposer: 1), Test));
            await Task.Delay(50, Test);
        }
    }

    [Fact]
    public async Task ViewsAreToldAgainAfterTheServerWasAway()
    {
        await using RedisServer server = await RedisServer.StartAsync(keepsData: true);
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString));
        Generation generation = await Found(node);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.ViewChanged += () => told.TrySetResult();
        await server.KillAsync();
        await server.RestartAsync();

        // Nobody has changed anything: that it may have changed is enough.
        await told.Task.Within();
        Assert.Equal(generation, (await Healed(() => node.ReadAsync(Test))).Generation);
    }

    [Fact]
    public async Task AnEmptyRestartLosesTheGeneration()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString));
        Generation generation = await Found(node);
        string before = (await node.ReadAsync(Test)).ServerId;
        await server.KillAsync();
        await server.RestartAsync();
        RenewResult renewal = await Healed(() => node.RenewAsync(generation.Id, 1, 1, Test));
        Assert.Equal(RenewOutcome.GenerationLost, renewal.Outcome);
        Assert.NotEqual(before, renewal.ServerId);
    }

    [Fact]
    public async Task AServerThatHasForgottenItsScriptsIsTaughtAgain()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString));
        Generation generation = await Found(node);
        await node.RenewAsync(generation.Id, 1, 1, Test);
        using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(server.AdminConnectionString, null);
        await client.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        Assert.Equal(RenewOutcome.Renewed, (await node.RenewAsync(generation.Id, 1, 1, Test)).Outcome);
        Assert.Equal(new LeaseState(1, 3, 1), Assert.Single((await node.ReadAsync(Test)).Leases));
    }

    [Fact]
    public async Task AServerThatRefusesIsUnavailableAndSaysWhy()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var node = new RedisCoordinator(new RedisCoordinatorOptions(server.ConnectionString));
        Generation generation = await Found(node);
        using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(server.AdminConnectionString, null);
        await client.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        var failure = await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => node.RenewAsync(generation.Id, 1, 1, Test));
        Assert.Contains("OOM", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecretThatIsThereIsKept()
    {
        await using var world = (RedisWorld)await MakeWorld();
        using ConnectionMultiplexer client = await ConnectionMultiplexer.ConnectAsync(world.Server.AdminConnectionString, null);
        await client.GetDatabase().HashSetAsync($"wires:{{{world.ClusterName}}}:state", "secret", "set before");
        ICoordinator node = world.Connect();
        await Found(node);
        Assert.Equal("set before"u8.ToArray(), (await node.ReadAsync(Test)).Secret!);
    }

    [Fact]
    public async Task ClustersOfDifferentNamesShareNothing()
    {
        await using CoordinatorWorld world = await MakeWorld(), other = await MakeWorld();
        await Found(world.Connect());
        Assert.Null((await other.Connect().ReadAsync(Test)).Generation);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task TheLocalAddressIsTheOneTowardsRedis(string host)
    {
        RedisServer server = await redis.Server;
        await using var node = new RedisCoordinator(
            new RedisCoordinatorOptions(string.Create(CultureInfo.InvariantCulture, $"{host}:{server.Port}"), Guid.NewGuid().ToString("N")));
        Assert.Null(node.LocalAddress);
        await node.ReadAsync(Test);
        Assert.True(IPAddress.IsLoopback(node.LocalAddress!), node.LocalAddress!.ToString());
    }

    [Fact]
    public void ANameWithBracesIsRefused() =>
        Assert.Throws<ArgumentException>(static () => new RedisCoordinator(new RedisCoordinatorOptions("127.0.0.1", "a}b")));

    private protected override async Task<CoordinatorWorld> MakeWorld(bool isHurt = false) =>
        isHurt ? new RedisWorld(await RedisServer.StartAsync(keepsData: true), isOwn: true) : new RedisWorld(await redis.Server, isOwn: false);
}
