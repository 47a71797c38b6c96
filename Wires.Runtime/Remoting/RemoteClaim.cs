namespace Wires.Remoting;

/// <summary>Who may complete a call that is on its way: one number, so that answer, bounce and the loss of the connection are kept apart by one compare-and-swap.</summary>
internal static class RemoteClaim
{
    public const int TokenBits = 16;

    /// <summary>The claim of one connection on one use of a call object. Never 0.</summary>
    public static long Of(long peer, short token) => (peer << TokenBits) | (ushort)token;
}
