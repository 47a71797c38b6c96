using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>Marks that stand in a mailbox's one word in place of a chain of messages.</summary>
/// <remarks>
/// The word is null while a turn runs (or is about to) and nothing more has come; a chain of messages, newest first, while a turn runs and more has come;
/// else one of these. Whoever replaces <see cref="Idle"/> or <see cref="Suspended"/> by anything else owns the next turn and must see to it that it runs.
/// </remarks>
internal sealed class MailboxState : WireMessage
{
    /// <summary>No turn runs, no call is active, nothing waits.</summary>
    public static readonly MailboxState Idle = new("idle");

    /// <summary>No turn runs, but calls are suspended, or kept waiting by suspended ones.</summary>
    public static readonly MailboxState Suspended = new("suspended");

    /// <summary>As <see cref="Idle"/>, but nobody may run on the caller's stack: the node is stopping, the wire has its own lane, or one-way calls still wait for room.</summary>
    public static readonly MailboxState Guarded = new("idle, calls are queued");

    /// <summary>The wire has left. Callers look it up anew.</summary>
    public static readonly MailboxState Closed = new("closed");

    private readonly string _name;

    private MailboxState(string name)
    {
        _name = name;
        Depth = -1;
    }

    public override string ToString() => _name;

    internal override void Process_OnTurn(Activation wire) => throw new InvalidOperationException("A mailbox state is no message.");

    internal override void Discard(Exception reason)
    {
    }
}
