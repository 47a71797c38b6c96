using Wires.Serialization;

namespace Wires.Infrastructure;

// A stream between nodes: the consumer's object here takes the items, another object runs the method there.
public abstract partial class StreamCall<T> : IRemoteStream, IStreamProducer
{
    /// <summary>The node that produces, for the consumer's object.</summary>
    private Peer? _peer;

    /// <summary>What the consumer's node knows the stream by.</summary>
    private long _number;

    WireCall IRemoteStream.Call
    {
        get
        {
            // It has come back, to be opened elsewhere.
            _peer = null;
            return this;
        }
    }

    void IRemoteStream.Receive(ref WireReader reader)
    {
        T? item = default;
        try
        {
            reader.ReadValue(((WireMethod<T>)Method).ResultFormatter, ref item);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _items.Writer.TryComplete(new WireSerializationException($"An item of the stream {Method.Signature} of wire {Handle!.Id} could not be read: {e.Message}", e));
            Close();
            return;
        }

        Take(item!);
    }

    void IRemoteStream.End(Exception? failure) => _items.Writer.TryComplete(failure);

    (int Credit, bool IsOpen) IRemoteStream.Opens(Peer peer, long number)
    {
        if (_isClosed)
        {
            _items.Writer.TryComplete();
            return (0, false);
        }

        _number = number;
        _peer = peer;
        return (_credit, true);
    }

    void IStreamProducer.Originates(int credit)
    {
        IsRetained = true;
        _credit = credit;
    }

    void IStreamProducer.Grant(int credit) => Grant(credit);

    void IStreamProducer.Close()
    {
        Close();
        _ = _end?.CancelAsync();
    }

    /// <summary>An item of another object has come.</summary>
    private void Take(T item)
    {
        Interlocked.Decrement(ref _credit);
        _items.Writer.TryWrite(item);
    }

    private void Deliver(T item)
    {
        if (Origin is Inbound origin)
        {
            origin.SendItem(OriginNumber, ((WireMethod<T>)Method).ResultFormatter, item);
        }
        else if (_consumer is StreamCall<T> consumer)
        {
            consumer.Take(((WireMethod<T>)Method).CopyResult(item));
        }
        else
        {
            _items.Writer.TryWrite(((WireMethod<T>)Method).CopyResult(item));
        }
    }

    private void Complete(Exception? failure)
    {
        if (Origin is Inbound origin)
        {
            origin.SendEnd(OriginNumber, failure);
        }
        else if (_consumer is { } consumer)
        {
            consumer.End(failure);
        }
        else
        {
            _items.Writer.TryComplete(failure);
        }
    }
}
