using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace Wires.Infrastructure;

/// <summary>Constructor arguments for wires, from the services of their node.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireServices
{
    /// <summary>A service that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static T Require<T>(IServiceProvider services, Type wireClass)
        where T : notnull => services.GetService<T>() ?? throw Missing(typeof(T), null, wireClass);

    /// <summary>A keyed service that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static T RequireKeyed<T>(IServiceProvider services, object? key, Type wireClass)
        where T : notnull => services.GetKeyedService<T>(key) ?? throw Missing(typeof(T), key, wireClass);

    /// <summary>A service that may be missing.</summary>
    public static T? Optional<T>(IServiceProvider services) => services.GetService<T>();

    /// <summary>A keyed service that may be missing.</summary>
    public static T? OptionalKeyed<T>(IServiceProvider services, object? key) => services.GetKeyedService<T>(key);

    /// <summary>A proxy for a <see cref="HomeAttribute"/> interface, for the wire that is being built.</summary>
    /// <exception cref="InvalidOperationException">The interface has no proxy; or the wire comes to life here, and its services lack the interface.</exception>
    public static T Home<T>(IServiceProvider services, Type wireClass)
        where T : class
    {
        if (HomeInterfaces<T>.CreateProxy is not { } create)
        {
            throw new InvalidOperationException(
                $"The constructor of wire class {wireClass} asks for [Home] interface {typeof(T)}, for which no proxy was generated. Build the interface's assembly with the Wires package, and heed what WIRE4005 says there.");
        }

        // Better told by the wire's first breath than by its first call.
        if (WireThread.TryCurrent?.Activation is { IsAtHome: true } && services.GetService<IServiceProviderIsService>()?.IsService(typeof(T)) == false)
        {
            throw Missing(typeof(T), null, wireClass);
        }

        return create();
    }

    private static InvalidOperationException Missing(Type service, object? key, Type wireClass) => new(
        $"The constructor of wire class {wireClass} asks for {service}{(key is null ? "" : $" with key '{key}'")}, which is not registered. "
        + $"Register it with the services of the node, or give the parameter a default value.");
}
