using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>The synchronization context of a call that runs beside others: it tells its continuations from theirs.</summary>
internal sealed class CallContext(Activation wire, WireCall call) : SynchronizationContext
{
    public WireCall? Call { get; private set; } = call;

    /// <summary>The call is over; what still comes works for nobody.</summary>
    public void End() => Call = null;

    public override void Post(SendOrPostCallback d, object? state) => wire.PostContinuation(d, state, Call, primary: false);

    public override void Send(SendOrPostCallback d, object? state) => wire.Send(d, state);

    public override SynchronizationContext CreateCopy() => this;
}
