using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wires;
using Wires.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a node to a host.</summary>
public static class WiresServiceCollectionExtensions
{
    /// <summary>Adds a node: <see cref="IWires"/>, its hosted service and its health check.</summary>
    /// <param name="services">The services of the host. Wires get their constructor arguments from them.</param>
    /// <param name="configure">Changes the settings. They are validated at the start of the host.</param>
    public static IServiceCollection AddWires(this IServiceCollection services, Action<WiresOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<WiresOptions> options = services.AddOptions<WiresOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WiresOptions>, WiresOptionsValidator>());
        services.TryAddSingleton(static provider => new WireNode(
            provider,
            provider.GetRequiredService<IOptions<WiresOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance));
        services.TryAddSingleton<IWires>(static provider => provider.GetRequiredService<WireNode>());
        if (!services.Any(static service => service.ImplementationType == typeof(WireNodeService)))
        {
            services.AddHostedService<WireNodeService>();
            services.AddHealthChecks().AddCheck<WiresHealthCheck>("wires", HealthStatus.Unhealthy, ["wires"]);
        }

        return services;
    }
}
