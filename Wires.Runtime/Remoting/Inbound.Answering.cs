using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

// What goes back: answers, items of streams, refusals.
internal sealed partial class Inbound
{
    /// <inheritdoc/>
    public override void SendAnswer(Ask call, Exception? error)
    {
        WireBuffer buffer = WireBuffer.Rent();
        try
        {
            AnswerFrame.Write(buffer, call, call.OriginNumber, error);
            Connection.Send(buffer.WrittenSpan);
        }
        catch (TransportException e)
        {
            buffer.Clear();
            AnswerFrame.WriteFault(buffer, call.OriginNumber, new WireSerializationException($"The answer of {call.CalledMethod.Signature} of wire {call.Handle!.Id} cannot be sent; the method has run. {e.Message}"));
            Connection.Send(buffer.WrittenSpan);
        }
        finally
        {
            buffer.Return();
            if (call.Cancellation.CanBeCanceled)
            {
                Forget(call.OriginNumber);
            }
        }
    }

    /// <summary>The answer of a call comes from another node.</summary>
    public void SendMoved(long number, long incarnation, long adoption) => SendElsewhere(FrameKind.Moved, number, incarnation, adoption);

    public void SendItem<T>(long number, WireFormatter<T> formatter, T item)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.Item, number);
        writer.WriteValue(formatter, in item!);
        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    /// <summary>A stream that has come here sends what follows by this connection.</summary>
    public void Produce(long number, IStreamProducer producer) => _streams[number] = producer;

    /// <summary>What follows of a stream comes from another node.</summary>
    public void SendStreamMoved(long number, long incarnation, long offer)
    {
        _streams.TryRemove(number, out _);
        Forget(number);
        SendElsewhere(FrameKind.StreamMoved, number, incarnation, offer);
    }

    private void SendElsewhere(FrameKind kind, long number, long incarnation, long id)
    {
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)kind, number, incarnation, id);
        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    public void SendEnd(long number, Exception? failure)
    {
        _streams.TryRemove(number, out _);
        Forget(number);
        WireBuffer buffer = WireBuffer.Rent();
        var writer = new WireWriter(buffer);
        writer.WriteUnmanaged((byte)FrameKind.End, number, failure is not null);
        if (failure is not null)
        {
            FaultCodec.Write(ref writer, failure);
        }

        writer.Flush();
        Connection.Send(buffer.WrittenSpan);
        buffer.Return();
    }

    private void Refuse(in CallHeader header, Exception reason)
    {
        Exception refusal = Faults.Refusal(reason);
        Forget(header.Id);
        switch (header.Kind)
        {
            case FrameKind.Stream:
                SendEnd(header.Id, refusal);
                break;
            case FrameKind.OneWay:
                Node.Log.RemoteOneWayRefused(Connection.Peer.Name, refusal);
                GiveRoom(header.Alias, 1);
                break;
            default:
                WireBuffer buffer = WireBuffer.Rent();
                AnswerFrame.WriteFault(buffer, header.Id, refusal);
                Connection.Send(buffer.WrittenSpan);
                buffer.Return();
                break;
        }
    }
}
