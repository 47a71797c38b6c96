using Wires.Remoting;

namespace Wires.Infrastructure;

// The consumer's end: the items that have come and are not taken yet, and who waits for the next one. Where the consumer is somewhere else, they go after it.
public abstract partial class StreamCall<T>
{
    /// <summary>Guards what both ends see. Held while an item is passed on to the consumer, never while something is told to the producer: so there is no circle.</summary>
    private readonly Lock _gate = new();
    private readonly Queue<T> _items = new();
    private StreamEnumerator<T>? _waiting;
    private bool _hasEnded;
    private Exception? _failure;

    /// <summary>What the consumer has failed by, if it has ended so.</summary>
    internal Exception? Failure => _failure;

    /// <summary>Takes the next item, if there is one, or waits for it.</summary>
    internal StreamStep Take(StreamEnumerator<T> reader, out T? item)
    {
        lock (_gate)
        {
            if (_items.TryDequeue(out item))
            {
                return StreamStep.Item;
            }

            if (_hasEnded)
            {
                return StreamStep.End;
            }

            _waiting = reader;
            return StreamStep.Wait;
        }
    }

    /// <summary>No longer waits for an item.</summary>
    /// <returns>False if it is about to be woken.</returns>
    internal bool TryStopWaiting(StreamEnumerator<T> reader)
    {
        lock (_gate)
        {
            bool isWaiting = ReferenceEquals(_waiting, reader);
            _waiting = isWaiting ? null : _waiting;
            return isWaiting;
        }
    }

    /// <summary>An item has come, or the producer has made one.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isOwn">Nobody else has it: it need not be copied for a consumer of this node.</param>
    private void Put(T item, bool isOwn)
    {
        StreamEnumerator<T>? woken = null;
        lock (_gate)
        {
            _credit--;
            if (Origin is Inbound origin)
            {
                origin.SendItem(OriginNumber, ((WireMethod<T>)Method).ResultFormatter, item);
            }
            else
            {
                T own = isOwn ? item : ((WireMethod<T>)Method).CopyResult(item);
                if (_consumer is { } consumer)
                {
                    consumer.Put(own, isOwn: true);
                }
                else
                {
                    _items.Enqueue(own);
                    (woken, _waiting) = (_waiting, null);
                }
            }
        }

        woken?.Wake();
    }

    /// <summary>No more items come.</summary>
    private void Complete(Exception? failure)
    {
        StreamCall<T>? consumer;
        StreamEnumerator<T>? woken = null;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            consumer = _consumer;
            if (Origin is Inbound origin)
            {
                origin.SendEnd(OriginNumber, failure);
            }
            else if (consumer is null)
            {
                _failure = failure;
                (woken, _waiting) = (_waiting, null);
            }
        }

        consumer?.Complete(failure);
        woken?.Wake();
    }

    /// <summary>Lets the producer run further ahead.</summary>
    internal void Grant(int credit)
    {
        Peer? peer;
        IStreamProducer? source;
        long number;
        lock (_gate)
        {
            _credit += credit;
            (peer, number, source) = (_peer, _number, _source);
        }

        // A producer that has moved meanwhile does not listen, and is told of all credit when it is asked for what follows.
        if (peer is not null)
        {
            if (credit > 0)
            {
                peer.Connection.Send(FrameKind.Credit, number, credit);
            }
        }
        else if (source is not null)
        {
            source.Grant(credit);
        }
        else
        {
            Unpark();
        }
    }

    /// <summary>Nobody takes items any more.</summary>
    internal void Close()
    {
        Peer? peer;
        IStreamProducer? source;
        long number;
        lock (_gate)
        {
            _isClosed = true;
            (peer, number, source) = (_peer, _number, _source);
        }

        if (peer is not null)
        {
            // It stays known until its end has come: it may have moved just now, and be closed where it is then.
            peer.Connection.Send(FrameKind.Close, number);
        }
        else if (source is not null)
        {
            source.Close();
        }
        else
        {
            Unpark();
        }
    }
}
