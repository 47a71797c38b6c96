using Wires.Infrastructure;
using Wires.Migration;

namespace Wires.Mobility;

/// <summary>What <see cref="Wire.MoveTo"/> waits by: where the wire arrives it has completed, and where it stays it fails.</summary>
internal sealed class MoveFrame : WireFrame<Unit>
{
    private WireMigrationException? _refusal;

    public static MoveFrame Start(Activation wire, string node)
    {
        var frame = new MoveFrame();
        frame.Bind();
        _ = frame.MoveAsync(wire, node);
        return frame;
    }

    internal override void MoveNext()
    {
        if (_refusal is { } refusal)
        {
            SetException(refusal);
        }
        else
        {
            SetResult(default);
        }
    }

    private protected override void Return()
    {
    }

    private async Task MoveAsync(Activation wire, string node)
    {
        // Not in this turn: it has to end first.
        await Task.Yield();
        do
        {
            _refusal = await TryMoveAsync(wire, node).ConfigureAwait(false);
            if (_refusal is { Reason.Kind: PinKind.Moving } && wire.AsideOrNull?.Departure is { } earlier)
            {
                // Another method of it, or the balancer, was first: this frame goes along, or it is this one's turn.
                await earlier.Ended.ConfigureAwait(false);
            }
        }
        while (_refusal is { Reason.Kind: PinKind.Moving } && !wire.IsClosed);

        if (!wire.IsClosed)
        {
            Resume();
        }
    }

    private static async Task<WireMigrationException?> TryMoveAsync(Activation wire, string node)
    {
        try
        {
            await wire.Node.MoveAsync(wire, node).ConfigureAwait(false);
            return null;
        }
        catch (WireMigrationException e)
        {
            return e;
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            return new WireMigrationException(wire.Id, new PinReason(PinKind.Target, e.Message));
        }
    }
}
