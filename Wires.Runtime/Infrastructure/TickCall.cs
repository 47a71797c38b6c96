using System.ComponentModel;

namespace Wires.Infrastructure;

/// <summary>One run of an <see cref="EveryAttribute"/> method.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TickCall : UnansweredCall
{
    /// <summary>Makes an empty message of a method.</summary>
    protected TickCall(WireMethod method)
        : base(method)
    {
    }

    internal Ticker? Ticker;

    internal override bool IsSealed => true;

    private protected override bool MayStart(Activation wire) => Ticker is not { IsStopped: true };

    private protected override void Ended(Activation wire, Exception? failure)
    {
        if (failure is not null)
        {
            wire.Node.Log.TickFailed(wire.Id, Method.Signature, failure);
        }

        Ticker?.Done();
    }

    internal override void Discard(Exception reason) => Ticker?.Done();
}
