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

    private static InvalidOperationException Missing(Type service, object? key, Type wireClass) => new(
        $"The constructor of wire class {wireClass} asks for {service}{(key is null ? "" : $" with key '{key}'")}, which is not registered. "
        + $"Register it with the services of the node, or give the parameter a default value.");
}
