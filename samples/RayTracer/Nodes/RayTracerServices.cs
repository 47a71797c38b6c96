using Microsoft.Extensions.DependencyInjection;
using RayTracer.Rendering;
using Wires;

namespace RayTracer.Nodes;

/// <summary>What a node needs to host tiles.</summary>
public static class RayTracerServices
{
    // Many slices share the processors with other processes, and may be kept waiting half-way: that is not their greed.
    private static readonly TimeSpan s_greedyTurn = TimeSpan.FromMilliseconds(200);

    /// <summary>Adds it.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="processors">What the node renders on, see <see cref="WiresOptions.Processors"/>.</param>
    public static IServiceCollection AddRayTracer(this IServiceCollection services, double processors) => services
        .AddSingleton(new NodeSpeed(processors))
        .AddSingleton<SceneCache>();

    /// <summary>Holds a node to so many processors, and has the others know it.</summary>
    public static void RenderOn(this WiresOptions options, double processors)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Processors = processors;
        options.Cluster.Speed = processors;
        options.GreedyTurn = s_greedyTurn;
    }
}
