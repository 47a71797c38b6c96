namespace Wires.Infrastructure;

/// <summary>How to make a proxy for a <see cref="HomeAttribute"/> interface.</summary>
internal static class HomeInterfaces<TService>
    where TService : class
{
    /// <summary>Null while no assembly has registered the interface.</summary>
    public static Func<TService>? CreateProxy { get; set; }
}
