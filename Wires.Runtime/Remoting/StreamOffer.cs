namespace Wires.Remoting;

/// <summary>A stream that has come with the wire that produces it, until its consumer asks for what follows. Whichever comes first, the stream or its consumer, waits for the other here.</summary>
/// <param name="cluster">The node that the stream has come to.</param>
/// <param name="id">What both sides know it by.</param>
internal sealed class StreamOffer(ClusterNode cluster, long id)
{
    private readonly Lock _lock = new();
    private readonly long _began = Environment.TickCount64;
    private IStreamProducer? _producer;
    private Inbound? _adopter;
    private long _number;
    private int _credit;
    private bool _isClosed;
    private IRemoteStream? _local;
    private long _movedTo;
    private long _movedId;

    /// <summary>The stream and its consumer have found each other.</summary>
    private bool _isSettled;

    /// <summary>Whether a consumer would lose the stream if this node went now.</summary>
    /// <param name="asksWithin">Who has not asked for it after that time is gone.</param>
    public bool NeedsNode(TimeSpan asksWithin)
    {
        lock (_lock)
        {
            return (_producer is not null || _movedTo != 0) && Environment.TickCount64 - _began < asksWithin.TotalMilliseconds;
        }
    }

    /// <summary>The stream is here.</summary>
    public void Offer(IStreamProducer producer)
    {
        lock (_lock)
        {
            _producer = producer;
            Settle_NeedsLock();
        }
    }

    /// <summary>The stream has gone on once more before anybody asked for it.</summary>
    /// <returns>False if somebody has.</returns>
    public bool TryMove(long incarnation, long newId)
    {
        lock (_lock)
        {
            if (_isSettled)
            {
                return false;
            }

            _movedTo = incarnation;
            _movedId = newId;
            Settle_NeedsLock();
            return true;
        }
    }

    /// <summary>A consumer of another node asks for it.</summary>
    public void Adopt(Inbound adopter, long number, int credit, bool isClosed)
    {
        lock (_lock)
        {
            (_adopter, _number, _credit, _isClosed) = (adopter, number, credit, isClosed);
            Settle_NeedsLock();
        }
    }

    /// <summary>A consumer of this node asks for it.</summary>
    public void Adopt(IRemoteStream consumer)
    {
        lock (_lock)
        {
            _local = consumer;
            Settle_NeedsLock();
        }
    }

    /// <summary>Nobody has asked for it in time.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            _producer?.Close();
        }
    }

    private void Settle_NeedsLock()
    {
        if (_adopter is null && _local is null)
        {
            return;
        }

        if (_movedTo != 0)
        {
            if (_adopter is not null)
            {
                _adopter.SendStreamMoved(_number, _movedTo, _movedId);
            }
            else
            {
                cluster.Adopt(_local!, _movedTo, _movedId);
            }
        }
        else if (_producer is not { } producer)
        {
            return;
        }
        else if (_adopter is not null)
        {
            _adopter.Produce(_number, producer);
            producer.AdoptBy(_adopter, _number, _credit);
            if (_isClosed || _adopter.Connection.IsClosed)
            {
                producer.Close();
            }
        }
        else
        {
            _local!.Adopt(producer);
        }

        _isSettled = true;
        cluster.EndOffer(id);
    }
}
