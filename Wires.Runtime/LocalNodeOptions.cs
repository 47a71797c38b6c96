using Microsoft.Extensions.DependencyInjection;

namespace Wires;

/// <summary>What a node of a <see cref="LocalCluster"/> is made of.</summary>
public sealed class LocalNodeOptions
{
    internal LocalNodeOptions(string name) => Name = name;

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>The node's services: its wires get their constructor arguments from them.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Changes the node's settings.</summary>
    public Action<WiresOptions>? ConfigureWires { get; set; }
}
