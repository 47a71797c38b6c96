namespace Wires.Transport;

/// <summary>Who sees to it that a connection's queue is sent.</summary>
internal enum FlushState
{
    /// <summary>Nobody; the queue is empty.</summary>
    Idle,

    /// <summary>The thread that hands over a batch, when it is through.</summary>
    Corked,

    /// <summary>Somebody sends, or a work item that will is queued.</summary>
    Flushing,

    /// <summary>Nobody, as the peer is cut off; the transport's timer looks again.</summary>
    Held,

    /// <summary>Nobody any more.</summary>
    Ended,
}
