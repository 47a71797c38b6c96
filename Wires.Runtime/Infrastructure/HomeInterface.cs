using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Wires.Serialization;

namespace Wires.Infrastructure;

/// <summary>
/// What the runtime knows of a <see cref="HomeAttribute"/> interface: its deputies are wires of this type, each of which stands at the home of one wire and calls the service there on
/// that wire's behalf. Generated code derives one singleton per interface.
/// </summary>
/// <remarks>
/// The object of a deputy is the service itself, which is its node's: a deputy has no state, is not disposed of with it, and stays where it is.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HomeInterface<TService> : WireType
    where TService : class
{
    /// <summary>Long enough that a wire which calls now and then keeps its deputy.</summary>
    private static readonly TimeSpan s_idleAfter = TimeSpan.FromMinutes(1);

    /// <summary>Describes an interface.</summary>
    /// <param name="name">Its name between nodes.</param>
    /// <param name="methods">Its methods.</param>
    protected HomeInterface(string name, WireMethod[] methods)
        : base(name, typeof(TService), methods)
    {
        IsDeputy = true;
        IdleAfter = s_idleAfter;
    }

    /// <inheritdoc/>
    public sealed override object Create(IServiceProvider services) => services.GetService<TService>()
        ?? throw new InvalidOperationException($"A wire whose home is this node calls [Home] interface {Name}, which is not registered here. Register it with the services of each node on which such wires come to life.");

    /// <inheritdoc/>
    public sealed override void WriteState(object wire, ref WireWriter writer) => throw new WireSerializationException($"A deputy for {Name} has no state that could travel.");

    /// <inheritdoc/>
    public sealed override void ReadState(object wire, ref WireReader reader) => throw new WireSerializationException($"A deputy for {Name} has no state that could travel.");
}
