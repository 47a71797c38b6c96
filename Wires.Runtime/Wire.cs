using Wires.Infrastructure;
using Wires.Mobility;

namespace Wires;

/// <summary>What code of a wire may ask its runtime for.</summary>
public static class Wire
{
    /// <summary>The wire whose code runs.</summary>
    /// <exception cref="InvalidOperationException">No wire's code runs here.</exception>
    public static WireSelf Self => RequireActivation(nameof(Self)) is var wire ? new WireSelf(wire.Handle, wire.Life.Epoch) : default;

    /// <summary>The name of the node on which this code runs.</summary>
    /// <exception cref="InvalidOperationException">No wire's code runs here.</exception>
    public static string Node => RequireActivation(nameof(Node)).Node.Name;

    /// <summary>The name of the node that serves the wire's <see cref="HomeAttribute"/> interfaces: the one where it came to life, wherever it has moved since, or has settled by <see cref="Settle"/>.</summary>
    /// <exception cref="InvalidOperationException">No wire's code runs here.</exception>
    public static string Home => RequireActivation(nameof(Home)).Home;

    /// <summary>Makes the node on which this code runs the wire's <see cref="Home"/>: the services there are called from now on. For wires whose home is gone, or that are not to go back.</summary>
    /// <exception cref="InvalidOperationException">No wire's code runs here.</exception>
    public static void Settle()
    {
        Activation wire = RequireActivation(nameof(Settle));
        wire.SetHome(wire.Node.Name);
    }

    /// <summary>Lets other wires run before this method goes on. No other call of this wire starts meanwhile, so what it has read stays true.</summary>
    public static WireYield Yield() => default;

    /// <summary>Completes after a while, by the node's <see cref="TimeProvider"/>. The wire's thread is free meanwhile.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative and not infinite.</exception>
    public static WireTask Delay(TimeSpan delay, CancellationToken cancellation = default)
    {
        if (delay != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        }

        if (cancellation.IsCancellationRequested)
        {
            return WireTask.FromException(new OperationCanceledException(cancellation));
        }

        return delay == TimeSpan.Zero ? WireTask.CompletedTask : new WireTask(new WireTask<Unit>(DelayFrame.Start(delay, cancellation)));
    }

    private static Activation RequireActivation(string member) =>
        WireThread.TryCurrent?.Activation ?? throw new InvalidOperationException(
            $"Wire.{member} was used outside a wire. It works in code of a wire's turn; code that runs on other threads (Task.Run, timers, events) is outside.");
}
