using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Cluster;

/// <summary>Nodes in processes of their own, over a real Redis, with real signals: what their callers see when one of them or Redis fails.</summary>
public sealed class NodeFaultTests : IAsyncLifetime
{
    private const double LeaseSeconds = 3;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    /// <summary>How long Redis stays away; WIRES_OUTAGE_SECONDS makes it a long run.</summary>
    private static readonly int s_outage = int.TryParse(Environment.GetEnvironmentVariable("WIRES_OUTAGE_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 8;

    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly List<NodeProcess> _processes = [];
    private readonly LogCollector _log = new();
    private RedisServer _redis = null!;
    private ServiceProvider _services = null!;

    private IWires Wires => _services.GetRequiredService<IWires>();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync().Within("the test's own node does not stop");
        }

        foreach (NodeProcess process in _processes)
        {
            await process.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Fact]
    public async Task TheWiresOfAKilledNodeAreServedAgainOnceItsLeaseHasEnded()
    {
        await StartAsync(2);
        RemoteRef wire = await LivingOnAsync("n1");
        await wire.Add(5).Within();
        long epoch = await wire.Epoch().Within();

        _processes[0].Kill();
        var watch = Stopwatch.StartNew();
        int failed = 0;
        while (true)
        {
            try
            {
                Assert.Equal(AttachReason.Lost, await wire.Attached().Within());
                break;
            }
            catch (WireUnreachableException)
            {
                // Under way when the connection broke.
                Assert.True(++failed < 5, "calls go on failing instead of waiting for another node");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"served again after {watch.Elapsed.TotalSeconds:0.0} s, with a lease of {LeaseSeconds} s");
        Assert.Equal(0, await wire.Sum().Within());
        Assert.True(await wire.Epoch().Within() > epoch);
        Assert.NotEqual("n1", await wire.Where().Within());
    }

    [Fact]
    public async Task ANodeThatWasFrozenPastItsLeaseFindsItsWiresElsewhereAndJoinsAgain()
    {
        await StartAsync(2);
        RemoteRef wire = await LivingOnAsync("n1");
        await wire.Add(5).Within();
        long epoch = await wire.Epoch().Within();

        await _processes[0].FreezeAsync();
        await ServedElsewhereAsync(wire, "n1");
        Assert.Equal(7, await wire.Add(7).Within());
        long later = await wire.Epoch().Within();
        Assert.True(later > epoch);

        _processes[0].Thaw();
        await _processes[0].Prints("was cut off");
        await _processes[0].Prints("is a member of its cluster again");

        // What the frozen incarnation had is gone; the wire is where it was taken up.
        Assert.Equal(7, await wire.Sum().Within());
        Assert.Equal(later, await wire.Epoch().Within());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallsGoOnWhileRedisIsAwayAndNothingRunsTwice(bool comesBackEmpty)
    {
        await StartAsync(2, keepsData: !comesBackEmpty);
        RemoteRef[] wires = [await LivingOnAsync("n1"), await LivingOnAsync("n2")];
        int[] sums = [0, 0];
        await _redis.KillAsync();
        long back = Environment.TickCount64 + (s_outage * 1000);
        bool isAway = true;
        int after = 0;
        while (isAway || after < 200)
        {
            for (int i = 0; i < wires.Length; i++)
            {
                // The state tells: a wire that came to life a second time would begin again.
                Assert.Equal(++sums[i], await wires[i].Add(1).Within());
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
            if (isAway && Environment.TickCount64 > back)
            {
                isAway = false;
                await _redis.RestartAsync();
            }

            after += isAway ? 0 : 1;
        }

        // And the cluster can change again.
        NodeProcess third = await StartNodeAsync("n3");
        await Waits.Until(() => Wires is WireNode node && node.Cluster!.Member!.CurrentView!.Members.Any(static member => member.Name == "n3"), $"n3 does not join: {third.Output}");
        Assert.Equal(sums[0], await wires[0].Sum().Within());
        Assert.Equal(sums[1], await wires[1].Sum().Within());
        Assert.Empty(_log.Of("CutOff"));
    }

    [Fact]
    public async Task NodesOnTheSameRedisSeeEachOtherWithoutAnySetting()
    {
        await StartAsync(1);
        var watch = Stopwatch.StartNew();
        NodeProcess second = await StartNodeAsync("late");
        await Waits.Until(() => ((WireNode)Wires).Cluster!.Member!.CurrentView!.Members.Any(static member => member.Name == "late"), second.Output);
        TestContext.Current.TestOutputHelper?.WriteLine($"seen {watch.Elapsed.TotalSeconds:0.00} s after its process was started");
    }

    [Fact]
    public async Task ANodeThatIsToldToStopHandsOverAndLeaves()
    {
        await StartAsync(2);
        RemoteRef wire = await LivingOnAsync("n1");
        await wire.Add(1).Within();
        await _processes[0].StopAsync();
        Assert.NotEqual("n1", await wire.Where().Within());
        Assert.DoesNotContain(((WireNode)Wires).Cluster!.Member!.CurrentView!.Members, static member => member.Name == "n1");
    }

    private async Task StartAsync(int nodes, bool keepsData = false)
    {
        _redis = await RedisServer.StartAsync(keepsData);
        for (int i = 1; i <= nodes; i++)
        {
            await StartNodeAsync(string.Create(CultureInfo.InvariantCulture, $"n{i}"));
        }

        _services = new ServiceCollection()
            .AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(new Microsoft.Extensions.Logging.LoggerFactory([_log]))
            .AddWires(options =>
            {
                options.UseRedis(_redis.ConnectionString);
                options.NodeName = "test";
                options.CallTimeout = s_deadline;
                options.GreedyTurn = TimeSpan.FromMinutes(5);
                options.Cluster.Name = _cluster;
                options.Cluster.FoundAtOnce = true;
                options.Cluster.Speed = 0.01;

                // Wires stay where the test has found them.
                options.Balancing.Enabled = false;
                options.Cluster.LeaseLength = TimeSpan.FromSeconds(LeaseSeconds);
                options.Cluster.RenewPeriod = TimeSpan.FromSeconds(LeaseSeconds * 0.3);
            })
            .BuildServiceProvider();
        await _services.GetRequiredService<WireNode>().JoinAsync(CancellationToken.None).Within("the test's own node does not join");
    }

    private async Task<NodeProcess> StartNodeAsync(string name)
    {
        NodeProcess process = await NodeProcess.StartAsync(_redis.ConnectionString, _cluster, name, LeaseSeconds);
        _processes.Add(process);
        return process;
    }

    /// <summary>A wire that has come to life on a node.</summary>
    private async Task<RemoteRef> LivingOnAsync(string node)
    {
        for (int i = 0; i < 10_000; i++)
        {
            RemoteRef wire = Wires.Get<RemoteRef>(i);
            if (await wire.Where().Within() == node)
            {
                return wire;
            }
        }

        throw new InvalidOperationException($"No wire comes to life on {node}.");
    }

    private static async Task ServedElsewhereAsync(RemoteRef wire, string node)
    {
        while (true)
        {
            try
            {
                Assert.NotEqual(node, await wire.Where().Within());
                return;
            }
            catch (Exception e) when (e is WireUnreachableException or WireTimeoutException)
            {
                // Sent to the node while it stood still, before its lease ended.
            }
        }
    }
}
