using System.Runtime.ExceptionServices;
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

    /// <summary>The method goes on at another node of the cluster: the wire moves there, with its state and all of its suspended methods. At once where it is there already.</summary>
    /// <param name="node">The node's name, as <see cref="Node"/> gives it.</param>
    /// <exception cref="WireMigrationException">Thrown by the await: there is no such node, it takes no wires, or something keeps this one. The method goes on where it is.</exception>
    /// <exception cref="InvalidOperationException">No wire's code runs here.</exception>
    public static WireTask MoveTo(string node)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        Activation wire = RequireActivation(nameof(MoveTo));
        return string.Equals(wire.Node.Name, node, StringComparison.Ordinal) ? WireTask.CompletedTask : new WireTask(new WireTask<Unit>(MoveFrame.Start(wire, node)));
    }

    /// <summary>Awaits several calls that were begun. Unlike <see cref="Task.WhenAll(Task[])"/>, it travels.</summary>
    /// <returns>The results, in the order of the calls.</returns>
    /// <exception cref="Exception">The failure of the first that has failed, in their order, once all have completed.</exception>
    public static async WireTask<TResult[]> WhenAll<TResult>(params ValueTask<TResult>[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var results = new TResult[calls.Length];
        Exception? failure = null;
        for (int i = 0; i < calls.Length; i++)
        {
            try
            {
                results[i] = await calls[i].ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure ??= e;
            }

            // Taken: it stands for nothing any more.
            calls[i] = default;
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return results;
    }

    /// <inheritdoc cref="WhenAll{TResult}(ValueTask{TResult}[])"/>
    public static async WireTask WhenAll(params ValueTask[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        Exception? failure = null;
        for (int i = 0; i < calls.Length; i++)
        {
            try
            {
                await calls[i].ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure ??= e;
            }

            calls[i] = default;
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Awaits the first of several calls that were begun. Takes no outcome: each of them can still be awaited, the first one and those that have lost. Unlike <see cref="Task.WhenAny(Task[])"/>, it travels.</summary>
    /// <param name="calls">Calls of this wire. Other tasks are waited for as well, but keep the wire where it is; one that has lost can be awaited afterwards if it is made of a <see cref="Task"/>.</param>
    /// <returns>The place of the first call that has completed, by a result or by a failure.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="InvalidOperationException">No wire's code runs here; or one of the calls was awaited before.</exception>
    public static WireTask<int> WhenAny<TResult>(params ReadOnlySpan<ValueTask<TResult>> calls)
    {
        RequireSome(calls.Length);
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].IsCompleted)
            {
                return WireTask.FromResult(i);
            }
        }

        return new WireTask<int>(RaceFrame.Start(calls));
    }

    /// <inheritdoc cref="WhenAny{TResult}(ReadOnlySpan{ValueTask{TResult}})"/>
    public static WireTask<int> WhenAny(params ReadOnlySpan<ValueTask> calls)
    {
        RequireSome(calls.Length);
        for (int i = 0; i < calls.Length; i++)
        {
            if (calls[i].IsCompleted)
            {
                return WireTask.FromResult(i);
            }
        }

        return new WireTask<int>(RaceFrame.Start(calls));
    }

    private static void RequireSome(int calls)
    {
        RequireActivation(nameof(WhenAny));
        if (calls == 0)
        {
            throw new ArgumentException("None of no calls will ever complete.", nameof(calls));
        }
    }

    private static Activation RequireActivation(string member) =>
        WireThread.TryCurrent?.Activation ?? throw new InvalidOperationException(
            $"Wire.{member} was used outside a wire. It works in code of a wire's turn; code that runs on other threads (Task.Run, timers, events) is outside.");
}
