namespace Wires.Mailboxes;

[Flags]
internal enum ActivationFlags : byte
{
    None = 0,

    /// <summary>The thread's synchronization context is a call's, not the wire's.</summary>
    ForeignContext = 1,
}
