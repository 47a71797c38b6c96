namespace Wires.Mailboxes;

/// <summary>What became of a message that was given to a mailbox.</summary>
internal enum PostResult
{
    /// <summary>It is queued.</summary>
    Queued,

    /// <summary>The mailbox is full.</summary>
    Full,

    /// <summary>The wire has left this activation.</summary>
    Closed,
}
