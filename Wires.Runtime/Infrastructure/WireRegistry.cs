using System.Collections.Concurrent;
using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>What module initializers tell the runtime of the code of their assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireRegistry
{
    private static readonly ConcurrentDictionary<string, Func<WireType>> s_types = new(StringComparer.Ordinal);

    /// <summary>Makes a wire type known by name. Nothing of it is touched until it is asked for.</summary>
    public static void Register(string name, Func<WireType> type) => s_types[name] = type;

    /// <summary>Makes a <see cref="HomeAttribute"/> interface known: its deputies by name, and its proxies.</summary>
    public static void RegisterHome<TService>(string name, Func<WireType> deputies, Func<TService> proxy)
        where TService : class
    {
        Register(name, deputies);
        HomeInterfaces<TService>.CreateProxy = proxy;
    }

    /// <summary>Makes an exception class known, so that one thrown by a wire reaches the caller as itself.</summary>
    public static void RegisterException<TException>(Func<string, Exception?, TException> create)
        where TException : Exception => ExceptionFactories.Register(create);

    /// <summary>Finds a wire type by name.</summary>
    /// <exception cref="WireUnknownTypeException">No assembly that is loaded has registered it.</exception>
    internal static WireType GetType(string name) =>
        s_types.TryGetValue(name, out Func<WireType>? type) ? type() : throw WireUnknownTypeException.Create(name);

    /// <summary>Whether an assembly has registered a wire.</summary>
    internal static bool Has(System.Reflection.Assembly assembly) => s_types.Values.Any(type => type.Method.Module.Assembly == assembly);

    internal static ICollection<string> Names => s_types.Keys;
}
