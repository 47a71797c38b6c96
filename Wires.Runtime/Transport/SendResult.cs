namespace Wires.Transport;

/// <summary>What became of a frame that was to be sent.</summary>
internal enum SendResult
{
    /// <summary>It is queued, and goes out in order.</summary>
    Sent,

    /// <summary>It is queued, but so much waits that the sender should wait too (<see cref="Connection.WhenDrainedAsync"/>): the peer reads slowly.</summary>
    Congested,

    /// <summary>It is not queued and never will be.</summary>
    Closed,
}
