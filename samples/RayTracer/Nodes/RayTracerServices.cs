using Microsoft.Extensions.DependencyInjection;
using RayTracer.Rendering;
using Wires;

namespace RayTracer.Nodes;

/// <summary>What a node needs to host tiles.</summary>
public static class RayTracerServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="speed">See <see cref="NodeProcessor.Speed"/>.</param>
    public static IServiceCollection AddRayTracer(this IServiceCollection services, double speed) => services
        .AddSingleton(provider => new NodeProcessor(speed, provider.GetRequiredService<IWires>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SceneCache>();
}
