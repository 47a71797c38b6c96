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
        try
        {
            await wire.Node.MoveAsync(wire, node).ConfigureAwait(false);
        }
        catch (WireMigrationException e)
        {
            _refusal = e;
        }
        catch (Exception e) when (Faults.IsOfAnotherNode(e))
        {
            _refusal = new WireMigrationException(wire.Id, new PinReason(PinKind.Target, e.Message));
        }

        if (!wire.IsClosed)
        {
            Resume();
        }
    }
}
