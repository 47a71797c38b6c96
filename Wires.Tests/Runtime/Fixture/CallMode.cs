namespace Wires.Tests.Runtime;

/// <summary>How the calls of a test reach their wires.</summary>
public enum CallMode
{
    /// <summary>On the caller's stack wherever the wire is idle.</summary>
    Inlined,

    /// <summary>Always by the mailbox.</summary>
    Queued,
}
