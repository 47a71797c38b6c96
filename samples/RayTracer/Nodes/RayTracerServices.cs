using Microsoft.Extensions.DependencyInjection;
using RayTracer.Rendering;

namespace RayTracer.Nodes;

/// <summary>What a node needs to host tiles.</summary>
public static class RayTracerServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The node's services.</param>
    /// <param name="speed">See <see cref="NodePace"/>.</param>
    public static IServiceCollection AddRayTracer(this IServiceCollection services, double speed) => services
        .AddSingleton(provider => new NodePace(speed, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SceneCache>();
}
