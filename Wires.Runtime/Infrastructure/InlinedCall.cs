namespace Wires.Infrastructure;

/// <summary>A call that runs on its caller's stack, from the moment that somebody else has to know of it: it asks others, or is suspended.</summary>
internal sealed class InlinedCall : WireCall
{
    private static readonly WireMethod s_pool = new("(inlined)", 0, WireMethodFlags.None, static () => throw new NotSupportedException());

    private InlinedCall(WireMethod method)
        : base(method)
    {
    }

    public static InlinedCall Rent(WireMethod method)
    {
        if (s_pool.Rent() is InlinedCall call)
        {
            call.Method = method;
            return call;
        }

        return new InlinedCall(method);
    }

    protected override void Invoke(object wire) => throw new NotSupportedException("It has run already, on its caller's stack.");

    private protected override bool MayStart(Activation wire) => true;

    private protected override void ReturnToPool() => s_pool.Return(this);

    internal override void Fail_OnTurn(Exception exception)
    {
    }

    internal override void Discard(Exception reason)
    {
    }
}
