using Wires.Infrastructure;
using Wires.Remoting;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>The outcome of a task that stayed on the node where a method of a wire awaited it, asked for from the node that the wire has come to.</summary>
/// <typeparam name="T">What the task gives; <see cref="Unit"/> for nothing.</typeparam>
internal sealed class ForeignOutcome<T> : Call<T>
{
    private static readonly WireMethod<T> s_method = new("(task that stayed behind)", 0, WireMethodFlags.None, static () => throw new NotSupportedException());

    private ForeignOutcome()
        : base(s_method)
    {
    }

    /// <summary>Asks for it.</summary>
    /// <param name="wire">The wire that waits.</param>
    /// <param name="from">The node where the task is.</param>
    /// <param name="adoption">What it is asked for by.</param>
    /// <param name="source">Is given the outcome, on a thread of the pool.</param>
    public static void Ask(Activation wire, long from, long adoption, TaskCompletionSource<T> source)
    {
        var call = new ForeignOutcome<T> { Handle = wire.Handle, IsRetained = true };
        _ = ForwardAsync(new ValueTask<T>(call, call.PrepareInlined(wire.Node, caller: null)), source);
        wire.Node.Cluster!.Adopt(call, from, adoption);
    }

    internal override void DecodeResult(ref WireReader reader)
    {
        if (typeof(T) != typeof(Unit))
        {
            base.DecodeResult(ref reader);
        }
    }

    protected override void Invoke(object wire) => throw new NotSupportedException("It is no method.");

    private static async Task ForwardAsync(ValueTask<T> outcome, TaskCompletionSource<T> source)
    {
        try
        {
            source.TrySetResult(await outcome.ConfigureAwait(false));
        }
        catch (OperationCanceledException e)
        {
            source.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            source.TrySetException(e);
        }
    }
}
