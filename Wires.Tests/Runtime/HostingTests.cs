using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>A node in a generic host.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task AddWiresGivesAHostANodeThatStopsWithIt()
    {
        using IHost host = Build(static options => options.NodeName = "hosted");
        await host.StartAsync(TestContext.Current.CancellationToken).Within();
        var wires = host.Services.GetRequiredService<IWires>();
        Assert.Equal("hosted", wires.Node);
        Assert.Same(wires, host.Services.GetRequiredService<IWires>());
        var wire = wires.Get<GuestRef>("a");
        Assert.Equal("hosted", await wire.Node().Within());
        await host.StopAsync(TestContext.Current.CancellationToken).Within();
        await Assert.ThrowsAsync<WireNodeStoppedException>(async () => await wire.Node());
    }

    [Fact]
    public async Task AddWiresTwiceIsOneNodeWithBothSettings()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Probe>();
        builder.Services.AddWires(static options => options.NodeName = "one").AddWires(static options => options.MailboxCapacity = 7);
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken).Within();
        Assert.Single(host.Services.GetServices<IWires>());
        Assert.Equal("one", host.Services.GetRequiredService<IWires>().Node);
        Assert.Equal(7, host.Services.GetRequiredService<IOptions<WiresOptions>>().Value.MailboxCapacity);
        await host.StopAsync(TestContext.Current.CancellationToken).Within();
    }

    [Theory]
    [InlineData(nameof(WiresOptions.NodeName))]
    [InlineData(nameof(WiresOptions.CallTimeout))]
    [InlineData(nameof(WiresOptions.StopTimeout))]
    [InlineData(nameof(WiresOptions.GreedyTurn))]
    [InlineData(nameof(WiresOptions.MailboxCapacity))]
    [InlineData(nameof(WiresOptions.StreamCredit))]
    [InlineData(nameof(WiresOptions.MaxGreedyLanes))]
    [InlineData(nameof(WiresOptions.Processors))]
    public async Task AWrongSettingStopsTheHostAtItsStartAndIsNamed(string option)
    {
        using IHost host = Build(options =>
        {
            switch (option)
            {
                case nameof(WiresOptions.NodeName):
                    options.NodeName = " ";
                    break;
                case nameof(WiresOptions.CallTimeout):
                    options.CallTimeout = TimeSpan.Zero;
                    break;
                case nameof(WiresOptions.StopTimeout):
                    options.StopTimeout = TimeSpan.FromSeconds(-3);
                    break;
                case nameof(WiresOptions.GreedyTurn):
                    options.GreedyTurn = Timeout.InfiniteTimeSpan;
                    break;
                case nameof(WiresOptions.MailboxCapacity):
                    options.MailboxCapacity = 0;
                    break;
                case nameof(WiresOptions.StreamCredit):
                    options.StreamCredit = -1;
                    break;
                case nameof(WiresOptions.Processors):
                    options.Processors = 0;
                    break;
                default:
                    options.MaxGreedyLanes = -1;
                    break;
            }
        });
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(option, Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheHealthCheckTellsANodeThatTakesCallsFromOneThatStops()
    {
        using IHost host = Build(static options => options.NodeName = "healthy");
        await host.StartAsync(TestContext.Current.CancellationToken).Within();
        await host.Services.GetRequiredService<IWires>().Get<GuestRef>("a").Node().Within();
        HealthReportEntry healthy = await Check(host);
        Assert.Equal(HealthStatus.Healthy, healthy.Status);
        Assert.Equal("healthy", healthy.Data["node"]);
        Assert.Equal(1L, healthy.Data["wires"]);
        var node = host.Services.GetRequiredService<WireNode>();
        node.ReportGreedyTurn(node.Directory.All().Single(), null, 1, needsLane: false);
        HealthReportEntry degraded = await Check(host);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("Guest", degraded.Description, StringComparison.Ordinal);
        await host.StopAsync(TestContext.Current.CancellationToken).Within();
        Assert.Equal(HealthStatus.Unhealthy, (await Check(host)).Status);
    }

    [Fact]
    public async Task ANodeLogsItsLife()
    {
        await using TestNode node = TestNode.Create();
        await node.Get<GuestRef>().Node().Within();
        await node.Node.StopAsync(CancellationToken.None).Within();
        Assert.Equal(["Started", "Stopping", "Stopped"], node.Log.Entries.Where(static entry => entry.Message.StartsWith("Node test", StringComparison.Ordinal)).Select(static entry => entry.Name));
    }

    private static IHost Build(Action<WiresOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Probe>();
        builder.Services.AddWires(configure);
        return builder.Build();
    }

    private static async Task<HealthReportEntry> Check(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["wires"];
}

[Wire]
public partial class Guest
{
    public string Node() => Wire.Node;
}
