using Microsoft.Extensions.DependencyInjection;
using Wires.Directories;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Capabilities;

/// <summary>Without a cluster a wire is always at home.</summary>
public sealed class HomeOfOneNodeTests
{
    [Theory]
    [InlineData(CallMode.Queued)]
    [InlineData(CallMode.Inlined)]
    public async Task AWireIsServedByItsOnlyNode(CallMode mode)
    {
        await using TestNode node = Create(mode);
        TravellerRef wire = node.Wires.Get<TravellerRef>("a/b");
        Assert.Equal("test", await wire.Name().Within());
        Assert.Equal("test", await wire.Home().Within());
        Assert.True(await wire.GetsItsOwnPassBack().Within());
        Assert.Equal(8, await wire.AskBack().Within());
    }

    [Fact]
    public async Task TheServiceOutlivesItsDeputies()
    {
        TestNode node = Create(CallMode.Queued);
        await node.Wires.Get<TravellerRef>("a").Name().Within();
        Probe probe = node.Probe;
        await node.Node.StopAsync(TestContext.Current.CancellationToken).Within();
        Assert.DoesNotContain("test is disposed", probe.Notes);
        await node.DisposeAsync();
        Assert.Contains("test is disposed", probe.Notes);
    }

    [Theory]
    [InlineData("node1", "Account/alice")]
    [InlineData("rack/1", "Account/\"42\"")]
    [InlineData("a%2Fb", "Account/x/y")]
    public void ADeputysKeyNamesItsHomeAndItsWire(string home, string wire)
    {
        WireKey key = DeputyKey.Of(home, WireId.Parse(wire));
        Assert.Equal(home, DeputyKey.HomeOf(key));
        Assert.Equal(wire, DeputyKey.WireOf(key));
        Assert.True(DeputyKey.IsAt(key, home));
        Assert.False(DeputyKey.IsAt(key, home + "x"));
        Assert.False(DeputyKey.IsAt(key, home[..^1]));
    }

    [Fact]
    public void AnyKeyIsTheKeyOfSomeDeputy()
    {
        Assert.Equal("x", DeputyKey.HomeOf(new WireKey("x")));
        Assert.Equal("", DeputyKey.WireOf(new WireKey("x")));
        Assert.True(DeputyKey.IsAt(new WireKey("x"), "x"));
        Assert.Equal("7", DeputyKey.HomeOf(new WireKey(7)));
        Assert.False(DeputyKey.IsAt(new WireKey(7), "7"));
    }

    private static TestNode Create(CallMode mode) => TestNode.Create(mode, realTime: true, services: services =>
    {
        services.AddSingleton(static services => new Place("test", services.GetRequiredService<Probe>()));
        services.AddSingleton<IPlace>(static services => services.GetRequiredService<Place>());
        services.AddSingleton<ISilence>(static services => services.GetRequiredService<Place>());
    });
}
