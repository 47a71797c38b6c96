using Wires.Remoting;

namespace Wires.Infrastructure;

// A consumer moves in the middle of its loop. The object that it leaves behind takes what still comes, until the consumer asks for it, and passes it on. Where the producer is of another node, it is told: it
// stops, says so behind its last item, and goes on once the consumer has asked there. So this node is soon not needed any more.
public abstract partial class StreamCall<T>
{
    /// <summary>The consumer is elsewhere, or is to be: it asks for what follows, here or where that has gone.</summary>
    private bool _hasLeft;

    /// <summary>What the consumer took with it of the credit that the producer has already.</summary>
    private int _told;

    /// <summary>What the consumer will ask the producer's node by.</summary>
    private long _releaseOffer;

    /// <summary>Where what follows comes from, where the consumer has not asked for it before it went there; 0 for here.</summary>
    private long _movedTo;
    private long _movedOffer;

    bool IStreamProducer.HasLeft
    {
        get
        {
            lock (_gate)
            {
                return _hasLeft;
            }
        }
    }

    /// <summary>What has come, and how much more may come.</summary>
    internal (T[] Items, int Credit) Look()
    {
        lock (_gate)
        {
            return ([.. _items], _credit);
        }
    }

    /// <summary>Waits for an item, unless there is one, or no more comes.</summary>
    /// <returns>Whether there is something to take.</returns>
    internal bool Await(StreamEnumerator<T> reader)
    {
        lock (_gate)
        {
            if (_items.Count > 0 || _hasEnded)
            {
                return true;
            }

            _waiting = reader;
            return false;
        }
    }

    /// <summary>The consumer's end on the node that its wire has come to.</summary>
    internal void Rebuild(WireHandle handle, in StreamState<T> state)
    {
        Handle = handle;
        IsRetained = true;
        _credit = state.Credit;
        foreach (T item in state.Items)
        {
            _items.Enqueue(item);
        }
    }

    /// <summary>The consumer goes on elsewhere, with the first of the items that are here.</summary>
    internal void Leave(int items, CancellationTokenSource? end)
    {
        lock (_gate)
        {
            for (int i = 0; i < items; i++)
            {
                _items.Dequeue();
            }

            _waiting = null;
            _end ??= end;
            Detach_NeedsGate();
        }
    }

    /// <summary>The wire of the consumer has left: it may ask for the rest.</summary>
    internal void LeftBehind(ClusterNode cluster, long offer)
    {
        lock (_gate)
        {
            Release_NeedsGate();
        }

        cluster.Offer(offer, this);
    }

    void IStreamProducer.Release(Inbound consumer, long number, long offer)
    {
        ClusterNode cluster = Handle!.Node.Cluster!;
        lock (_gate)
        {
            if (_hasEnded || !ReferenceEquals(Origin, consumer) || OriginNumber != number)
            {
                // It was told already, in this moment, where what follows comes from, or that nothing does; or is not known here yet.
                return;
            }

            // Whoever asks for it next may end it early.
            _end ??= consumer.TakeCancellable(number);
            Detach_NeedsGate();
            consumer.SendStreamMoved(number, cluster.Incarnation, offer);
            Release_NeedsGate();
        }

        cluster.Offer(offer, this);
    }

    bool IRemoteStream.TryPassOn(long incarnation, long offer) => TryPassOn(incarnation, offer);

    /// <summary>Lets the consumer ask elsewhere.</summary>
    /// <returns>It, where it is another object of this node, and has not been told.</returns>
    private StreamCall<T>? TellConsumer_NeedsGate(long incarnation, long offer)
    {
        StreamCall<T>? local = _consumer;
        _consumer = null;
        if (Origin is Inbound consumer)
        {
            consumer.SendStreamMoved(OriginNumber, incarnation, offer);
            Origin = null;
        }

        return local;
    }

    private void Detach_NeedsGate()
    {
        _hasLeft = true;
        Origin = null;
        _consumer = null;

        // The consumer knows of all but what is left here, and says so when it asks.
        if (_peer is null && _source is null)
        {
            _told = 0;
            _credit = -_items.Count;
        }
        else
        {
            _told = _credit + _items.Count;
        }
    }

    /// <summary>Tells the producer's node that it is asked for what follows by another one. Where it does not hear it, what it sends is passed on from here.</summary>
    private void Release_NeedsGate()
    {
        if (_peer is not { } peer)
        {
            return;
        }

        // Said twice, it is heard once: by then the number is nobody's.
        if (_releaseOffer == 0)
        {
            _releaseOffer = ClusterNode.NextAdoption();
        }

        peer.Connection.Send(FrameKind.ReleaseStream, _number, _releaseOffer);
    }

    /// <summary>What follows comes from another node: tells the consumer, where it is not here.</summary>
    /// <returns>False where the consumer is here.</returns>
    private bool TryPassOn(long incarnation, long offer)
    {
        StreamCall<T>? local;
        lock (_gate)
        {
            if (!_hasLeft)
            {
                return false;
            }

            _peer = null;
            _source = null;
            local = TellConsumer_NeedsGate(incarnation, offer);

            // For whoever has not asked yet.
            _movedTo = incarnation;
            _movedOffer = offer;
        }

        if (local is not null)
        {
            Handle!.Node.Cluster!.Adopt(local, incarnation, offer);
        }

        return true;
    }
}
