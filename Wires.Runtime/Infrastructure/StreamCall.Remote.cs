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
            lock (_gate)
            {
                _peer = null;
            }

            return this;
        }
    }

    Type IRemoteStream.ItemType => typeof(T);

    void IRemoteStream.Receive(ref WireReader reader)
    {
        try
        {
            T? item = default;
            reader.ReadValue(((WireMethod<T>)Method).ResultFormatter, ref item);
            Put(item!, isOwn: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Complete(new WireSerializationException($"An item of the stream {Method.Signature} of wire {Handle!.Id} could not be read: {e.Message}", e));
            Close();
        }
    }

    void IRemoteStream.End(Exception? failure) => Complete(failure);

    (int Credit, bool IsOpen) IRemoteStream.Opens(Peer peer, long number)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _number = number;
                _peer = peer;
                return (Math.Max(0, _credit), true);
            }
        }

        Complete(null);
        return (0, false);
    }

    void IRemoteStream.Opened()
    {
        lock (_gate)
        {
            if (_hasLeft)
            {
                // Perhaps once more: what was sent before the stream was opened was not heard.
                Release_NeedsGate();
            }
        }
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
}
