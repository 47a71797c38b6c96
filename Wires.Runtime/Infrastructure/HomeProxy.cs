using System.ComponentModel;
using Wires.Directories;

namespace Wires.Infrastructure;

/// <summary>What a wire gets injected for a <see cref="HomeAttribute"/> interface: sends its calls to the wire's deputy, wherever the wire lives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HomeProxy
{
    private readonly Activation _wire;
    private readonly WireType _deputies;
    private Target? _target;

    /// <summary>Makes one for the wire that is being built.</summary>
    /// <param name="deputies">The descriptor of the interface.</param>
    protected HomeProxy(WireType deputies)
    {
        _deputies = deputies;
        _wire = WireThread.TryCurrent?.Activation ?? throw new InvalidOperationException($"A proxy for [Home] interface {deputies} is made for a wire that comes to life, and none does.");
    }

    /// <summary>The deputy.</summary>
    protected WireHandle Handle
    {
        get
        {
            string home = _wire.Home;
            return _target is { } target && ReferenceEquals(target.Home, home) ? target.Deputy : Find(home);
        }
    }

    // Not before the first call: most wires of a class may never make one.
    private WireHandle Find(string home)
    {
        var target = new Target(home, _wire.Node.HandleOf(_deputies, DeputyKey.Of(home, _wire.Id)));
        _target = target;
        return target.Deputy;
    }

    /// <summary>One object, as code outside the wire's turns may call too.</summary>
    private sealed record Target(string Home, WireHandle Deputy);
}
