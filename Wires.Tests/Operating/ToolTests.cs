using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Operating;

/// <summary>The <c>wires</c> tool on nodes in processes of their own, over a real Redis.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly List<NodeProcess> _processes = [];
    private RedisServer _redis = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        foreach (string name in new[] { "n1", "n2" })
        {
            _processes.Add(await NodeProcess.StartAsync(_redis.ConnectionString, _cluster, name, leaseSeconds: 5));
        }

        _services = new ServiceCollection().AddWires(options =>
        {
            options.UseRedis(_redis.ConnectionString);
            options.NodeName = "test";
            options.Cluster.Name = _cluster;
            options.Cluster.Speed = 0.01;
        }).BuildServiceProvider();
        await _services.GetRequiredService<WireNode>().JoinAsync(CancellationToken.None).Within("the test's own node does not join");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().Within("the test's own node does not stop");
        foreach (NodeProcess process in _processes)
        {
            await process.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task AClusterIsSeenAndOperated()
    {
        ToolProcess nodes = await RunAsync(0, "nodes");
        Assert.Matches(@"(?m)^n1 +open +\d+ ", nodes.Output);
        Assert.Matches(@"(?m)^test +open ", nodes.Output);
        Assert.Empty(nodes.Errors);
        using (JsonDocument json = JsonDocument.Parse((await RunAsync(0, "nodes", "--json")).Output))
        {
            Assert.Equal(["n1", "n2", "test"], json.RootElement.EnumerateArray().Select(static node => node.GetProperty("name").GetString()!));
            Assert.Equal(4096, json.RootElement.EnumerateArray().Sum(static node => node.GetProperty("slots").GetInt32()));
        }

        RemoteRef wire = await LivingOnAsync("n1");
        string id = wire.Id.ToParsable();
        Assert.Equal(5, await wire.Add(5).Within());
        Assert.Equal("n1", (await RunAsync(0, "where", id)).Output.Trim());
        Assert.StartsWith("None: ", (await RunAsync(0, "why", id)).Output, StringComparison.Ordinal);
        Assert.Contains($"{id} ", (await RunAsync(0, "list", "--node", "n1", "--type", wire.Id.Type)).Output, StringComparison.Ordinal);
        using (JsonDocument json = JsonDocument.Parse((await RunAsync(0, "list", "--json", "--limit", "1")).Output))
        {
            Assert.Equal(1, json.RootElement.GetArrayLength());
        }

        await RunAsync(0, "migrate", id, "n2");
        Assert.Equal("n2", await wire.Where().Within());
        await RunAsync(0, "bring", id);
        Assert.Equal("n1", await wire.Where().Within());

        await RunAsync(0, "block", "n2");
        Assert.Matches(@"(?m)^n2 +blocked ", (await RunAsync(0, "nodes")).Output);
        Assert.Contains("n2 is blocked", (await RunAsync(1, "migrate", id, "n2")).Errors, StringComparison.Ordinal);
        await RunAsync(0, "unblock", "n2");
        await RunAsync(0, "stay", "n1");
        Assert.StartsWith("Stays: ", (await RunAsync(0, "why", id)).Output, StringComparison.Ordinal);
        await RunAsync(0, "unstay", "n1");
        await RunAsync(0, "migrate", id, "n2");
        await RunAsync(0, "expel", "n2");
        Assert.Equal("n1", await wire.Where().Within());

        ToolProcess top = await RunAsync(0, "top", "--once");
        Assert.Matches(@"(?m)^n1 +open ", top.Output);
        Assert.Contains("BUSY", top.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADrainedNodesProcessEndsAndItsWiresLiveOn()
    {
        RemoteRef wire = await LivingOnAsync("n1");
        Assert.Equal(5, await wire.Add(5).Within());
        ToolProcess drain = await RunAsync(0, "drain", "n1");
        Assert.Contains("n1 has left the cluster", drain.Output, StringComparison.Ordinal);
        await _processes[0].ExitedAsync();
        Assert.NotEqual("n1", await wire.Where().Within());
        Assert.Equal(6, await wire.Add(1).Within());
        Assert.DoesNotContain("n1", (await RunAsync(0, "nodes")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeDoneIsSaidOnStderrAndByTheExitCode()
    {
        RemoteRef wire = await LivingOnAsync("n1");
        string id = wire.Id.ToParsable();
        Assert.Contains("No node n9 is a member of the cluster; these are: n1, n2, test", (await RunAsync(1, "migrate", id, "n9")).Errors, StringComparison.Ordinal);
        Assert.Contains("not alive", (await RunAsync(1, "where", $"{wire.Id.Type}/nobody")).Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing", (await RunAsync(1, "where", "Nothing/x")).Errors, StringComparison.Ordinal);
        Assert.Contains("another secret", (await RunAsync(1, "nodes", "--secret", "not the secret of this cluster")).Errors, StringComparison.Ordinal);
        Assert.Contains("another secret", (await RunAsync(1, "block", "n1", "--secret", "not the secret of this cluster")).Errors, StringComparison.Ordinal);
        Assert.Contains("no cluster 'elsewhere'", (await ToolProcess.RunAsync("nodes", "--redis", _redis.ConnectionString, "--cluster", "elsewhere")).Errors, StringComparison.Ordinal);
        ToolProcess noRedis = await ToolProcess.RunAsync("nodes", "--redis", "127.0.0.1:1");
        Assert.Equal(1, noRedis.ExitCode);
        Assert.Contains("127.0.0.1:1", noRedis.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", noRedis.Errors, StringComparison.Ordinal);

        await RunAsync(2, "where", "nonsense");
        await RunAsync(2, "where");
        await RunAsync(2, "dance");
        await RunAsync(2, "list", "--limit", "0");
        await RunAsync(2);
    }

    private async Task<ToolProcess> RunAsync(int exitCode, params string[] arguments)
    {
        ToolProcess run = await ToolProcess.RunAsync([.. arguments, "--redis", _redis.ConnectionString, "--cluster", _cluster]);
        Assert.True(run.ExitCode == exitCode, $"wires {string.Join(' ', arguments)} ended with {run.ExitCode}\n{run.Output}\n{run.Errors}");
        return run;
    }

    private async Task<RemoteRef> LivingOnAsync(string node)
    {
        IWires wires = _services.GetRequiredService<IWires>();
        for (int i = 0; i < 10_000; i++)
        {
            RemoteRef wire = wires.Get<RemoteRef>(i);
            if (await wire.Where().Within() == node)
            {
                return wire;
            }
        }

        throw new InvalidOperationException($"No wire comes to life on {node}.");
    }
}
