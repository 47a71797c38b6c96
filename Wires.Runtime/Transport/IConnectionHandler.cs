namespace Wires.Transport;

/// <summary>The upper layer, for all connections of a transport. For one connection its methods are called by one thread at a time, and must not block.</summary>
internal interface IConnectionHandler
{
    /// <summary>The handshake is done, by either end. Comes before everything else, also before <see cref="Transport.ConnectAsync"/> returns. May send; must not throw.</summary>
    void OnOpened(Connection connection)
    {
    }

    /// <summary>A frame, valid during this call only. What is sent to the same connection meanwhile leaves together, at the end of the batch.</summary>
    void OnFrame(Connection connection, ReadOnlySpan<byte> frame);

    /// <summary>The last whole frame that a read from the socket brought has been handed over, or one that could not be. After each <see cref="OnFrame"/>, also where that has thrown.</summary>
    /// <returns>What the frames have woken, if anything: the connection sees to it that it is run.</returns>
    IWoken? OnBatchEnd(Connection connection);

    /// <summary>The connection closes, and no byte of this frame was handed to the socket: the peer has certainly not got it. In the order of sending, before <see cref="OnClosed"/>.</summary>
    void OnUnsent(Connection connection, ReadOnlySpan<byte> frame);

    /// <summary>Called once, as the last. The reason is null where this end has closed it.</summary>
    void OnClosed(Connection connection, TransportException? reason);
}
