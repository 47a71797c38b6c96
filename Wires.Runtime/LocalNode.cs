using Microsoft.Extensions.DependencyInjection;
using Wires.Cluster.InMemory;

namespace Wires;

/// <summary>A node of a <see cref="LocalCluster"/>.</summary>
public sealed class LocalNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    internal LocalNode(string name, ServiceProvider services, LocalLink link)
    {
        Name = name;
        _services = services;
        Link = link;
        Inner = services.GetRequiredService<WireNode>();
    }

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>The node's door to the wires of the cluster.</summary>
    public IWires Wires => Inner;

    /// <summary>What the node's wires get their constructor arguments from.</summary>
    public IServiceProvider Services => _services;

    internal WireNode Inner { get; }

    internal LocalLink Link { get; }

    /// <summary>Ends the node without waiting for calls: <see cref="LocalCluster.StopAsync"/> waits.</summary>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
