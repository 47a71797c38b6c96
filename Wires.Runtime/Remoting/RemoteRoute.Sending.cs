using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

// From a call to a frame.
internal sealed partial class RemoteRoute
{
    /// <summary>Sends a call on the connection of the moment.</summary>
    /// <returns><see cref="SendResult.Closed"/> where it was not sent: then it is still the route's.</returns>
    private SendResult Send_NeedsLock(WireCall call)
    {
        if (_peer is not { IsOpen: true } peer)
        {
            return SendResult.Closed;
        }

        WireBuffer buffer = WireBuffer.Rent();
        try
        {
            return call switch
            {
                Ask ask => SendAsk(peer, ask, buffer),
                IRemoteStream stream => SendStream(peer, call, stream, buffer),
                _ => SendOneWay(peer, call, buffer),
            };
        }
        finally
        {
            buffer.Return();
        }
    }

    private SendResult SendAsk(Peer peer, Ask ask, WireBuffer buffer)
    {
        // Of this use of the object: once sent, it may be answered and become another call.
        long number = CallTable.NumberOf(ask);
        CancellationToken cancellation = ask.Cancellation;
        Write(buffer, ask, FrameKind.Call, number);
        long claim = RemoteClaim.Of(peer.Number, ask.Token);
        if (!ask.TryBeginRemote(peer, claim))
        {
            // Cancelled or timed out before it could be sent.
            return SendResult.Sent;
        }

        SendResult result;
        try
        {
            result = peer.Connection.Send(buffer.WrittenSpan);
        }
        catch
        {
            // Too large: it is not under way, and its object will be another call.
            ask.TryEndRemote(claim);
            throw;
        }

        if (cancellation.IsCancellationRequested)
        {
            // In the same moment: whoever cancelled may not have seen that it was to be sent, or have been faster than the call.
            peer.Connection.Send(FrameKind.Cancel, number);
        }

        // Lost between the two: whoever takes the claim back has the call.
        return result == SendResult.Closed && !ask.TryEndRemote(claim) ? SendResult.Sent : result;
    }

    private SendResult SendStream(Peer peer, WireCall call, IRemoteStream stream, WireBuffer buffer)
    {
        long number = cluster.NextStream();
        (int credit, bool isOpen) = stream.Opens(peer, number);
        if (!isOpen)
        {
            return SendResult.Sent;
        }

        Write(buffer, call, FrameKind.Stream, number, credit);
        peer.AddStream(number, stream);
        try
        {
            SendResult result = peer.Connection.Send(buffer.WrittenSpan);
            stream.Opened();
            return result;
        }
        catch
        {
            peer.RemoveStream(number);
            throw;
        }
    }

    private SendResult SendOneWay(Peer peer, WireCall call, WireBuffer buffer)
    {
        Write(buffer, call, FrameKind.OneWay, 0);
        SendResult result = peer.Connection.Send(buffer.WrittenSpan);
        if (result != SendResult.Closed)
        {
            _room--;
            call.Recycle();
        }

        return result;
    }

    private void Write(WireBuffer buffer, WireCall call, FrameKind kind, long number, int credit = 0)
    {
        var writer = new WireWriter(buffer);
        CallHeader.Write(ref writer, call, kind, _alias, number, credit);
        call.EncodeArguments(ref writer);
        writer.Flush();
    }
}
