using Wires.Mailboxes;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Infrastructure;

// A stream goes along with the wire that produces it, where its method stands at a yield. The object that stays behind is its consumer's still, if it was.
public abstract partial class StreamCall<T>
{
    /// <summary>For a consumer's object: the producer's, where that is another one of this node.</summary>
    private IStreamProducer? _source;

    /// <summary>For a producer's object that has come here: its consumer's, where that is of this node.</summary>
    private StreamCall<T>? _consumer;

    /// <summary>For a producer's object that has come here: what its consumer has to ask for it by; 0 once it has.</summary>
    private long _offer;

    private CancellationTokenSource? _end;
    private volatile bool _hasMoved;

    WireMethod IStreamProducer.Method => Method;

    bool IStreamProducer.StandsAtYield => !_isPending;

    bool IStreamProducer.HasMoved => _hasMoved;

    object IStreamProducer.Iterator => _producer!;

    CancellationToken IStreamProducer.Token => Cancellation;

    /// <summary>The wire is to leave: no item more is made before it has, or it is known that it stays.</summary>
    private bool IsToStandStill_OnTurn => Target!.AsideOrNull?.Departure is not null;

    void IStreamProducer.GoOn_OnTurn()
    {
        if (Volatile.Read(ref _credit) > 0)
        {
            Unpark();
        }
    }

    void IStreamProducer.Leave() => _hasMoved = true;

    void IStreamProducer.HandOver(ClusterNode cluster, long target, long offer)
    {
        _producer = null;
        if (TryPassOn(target, offer) || (Volatile.Read(ref _offer) is not 0 and var asked && cluster.TryMoveOffer(asked, target, offer)))
        {
            return;
        }

        // This object, unless there is another one, or there was.
        IRemoteStream? consumer = this;
        lock (_gate)
        {
            if (Origin is not null || _consumer is not null)
            {
                consumer = TellConsumer_NeedsGate(target, offer);
            }
        }

        if (consumer is not null)
        {
            cluster.Adopt(consumer, target, offer);
        }
    }

    void IStreamProducer.Rebuild(Activation wire, object iterator, long offer, CancellationTokenSource? end)
    {
        Handle = wire.Handle;
        Target = wire;
        IsRetained = true;
        _producer = iterator as IAsyncEnumerator<T> ?? throw new WireSerializationException($"The stream {Method.Signature} has items of another type: it is of another build.");
        _offer = offer;
        _end = end;
        Cancellation = end?.Token ?? CancellationToken.None;
        _state = Parked;
    }

    void IStreamProducer.AdoptBy(Inbound consumer, long number, int credit)
    {
        lock (_gate)
        {
            _offer = 0;
            while (_items.TryDequeue(out T? left))
            {
                consumer.SendItem(number, ((WireMethod<T>)Method).ResultFormatter, left);
            }

            if (_movedTo != 0)
            {
                consumer.SendStreamMoved(number, _movedTo, _movedOffer);
                return;
            }

            if (_hasEnded)
            {
                consumer.SendEnd(number, _failure);
                return;
            }

            OriginNumber = number;
            Origin = consumer;
            credit -= _told;
        }

        // Nothing is made before there is credit.
        Grant(credit);
    }

    void IStreamProducer.AdoptBy(IRemoteStream consumer, int credit)
    {
        var local = (StreamCall<T>)consumer;
        long movedTo;
        bool hasEnded;
        lock (_gate)
        {
            _offer = 0;
            while (_items.TryDequeue(out T? left))
            {
                local.Put(left, isOwn: true);
            }

            movedTo = _movedTo;
            hasEnded = _hasEnded;
            if (movedTo == 0 && !hasEnded)
            {
                _consumer = local;
                credit -= _told;
            }
        }

        if (movedTo != 0)
        {
            Handle!.Node.Cluster!.Adopt(local, movedTo, _movedOffer);
        }
        else if (hasEnded)
        {
            local.Complete(_failure);
        }
        else
        {
            Grant(credit);
        }
    }

    SendResult IRemoteStream.Adopt(Peer peer, long number, long offer)
    {
        if (TryPassOn(peer.Connection.Peer.Incarnation, offer))
        {
            return SendResult.Sent;
        }

        lock (_gate)
        {
            _source = null;
            peer.AddStream(number, this);
            WireBuffer buffer = WireBuffer.Rent();
            var writer = new WireWriter(buffer);
            writer.WriteUnmanaged((byte)Remoting.FrameKind.AdoptStream, offer, number, _credit, _isClosed);
            writer.Flush();
            SendResult result = peer.Connection.Send(buffer.WrittenSpan);
            buffer.Return();
            if (result == SendResult.Closed)
            {
                peer.RemoveStream(number);
                return result;
            }

            _peer = peer;
            _number = number;
            if (_hasLeft)
            {
                // Just now.
                Release_NeedsGate();
            }

            return result;
        }
    }

    void IRemoteStream.Adopt(IStreamProducer producer)
    {
        int credit;
        bool isClosed;
        lock (_gate)
        {
            _peer = null;
            _source = producer;
            (credit, isClosed) = (_credit, _isClosed);
        }

        producer.AdoptBy(this, credit);
        if (isClosed)
        {
            producer.Close();
        }
    }
}
