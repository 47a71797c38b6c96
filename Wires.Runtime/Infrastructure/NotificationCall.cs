namespace Wires.Infrastructure;

/// <summary>One run of <see cref="IAttached.OnAttached"/> or <see cref="IDetaching.OnDetaching"/>.</summary>
internal sealed class NotificationCall : UnansweredCall
{
    private readonly Func<object, WireTask> _run;
    private readonly Action<Activation, Exception?> _ended;

    public NotificationCall(Activation wire, string name, Func<object, WireTask> run, Action<Activation, Exception?> ended)
        : base(new WireMethod(name, 0, WireMethodFlags.Tick, static () => throw new NotSupportedException()) { Type = wire.Type })
    {
        Handle = wire.Handle;
        _run = run;
        _ended = ended;
    }

    internal override bool IsSealed => true;

    protected override void Invoke(object wire) => ReturnWhenDone(_run(wire));

    private protected override void Ended(Activation wire, Exception? failure) => _ended(wire, failure);

    internal override void Discard(Exception reason)
    {
    }
}
