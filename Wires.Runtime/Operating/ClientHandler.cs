using Wires.Serialization;
using Wires.Transport;

namespace Wires.Operating;

/// <summary>What nodes say to a client: answers, and nothing else that matters.</summary>
internal sealed class ClientHandler : IConnectionHandler
{
    public void OnFrame(Connection connection, ReadOnlySpan<byte> frame)
    {
        try
        {
            (connection.Tag as ClientPeer)?.OnFrame(frame);
        }
        catch (WireSerializationException e)
        {
            connection.Close($"a frame could not be read: {e.Message}");
        }
    }

    public IWoken? OnBatchEnd(Connection connection) => null;

    public void OnUnsent(Connection connection, ReadOnlySpan<byte> frame)
    {
    }

    public void OnClosed(Connection connection, TransportException? reason) => (connection.Tag as ClientPeer)?.OnClosed();
}
