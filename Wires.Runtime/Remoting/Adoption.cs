using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Transport;

namespace Wires.Remoting;

/// <summary>
/// A call between two wires, one of which has moved while it was under way. The side that stayed behind, or came, waits here for the other one to say by which number it knows
/// the call on the connection between their nodes. What comes first, the outcome or the number, waits for the other.
/// </summary>
/// <param name="cluster">The node that gives the outcome.</param>
/// <param name="id">What both sides know it by.</param>
internal sealed class Adoption(ClusterNode cluster, long id) : CallOrigin
{
    private readonly Lock _lock = new();
    private Inbound? _adopter;
    private long _number;
    private Ask? _local;
    private long _claim;
    private bool _isUnwanted;
    private byte[]? _answer;
    private long _movedTo;
    private long _movedId;

    private CancellationTokenSource? _cancellation;

    /// <summary>Whether this node has given it a call, and not only another one asked for it.</summary>
    public bool IsKnown { get; set; }

    /// <summary>By <see cref="Environment.TickCount64"/>.</summary>
    public long Began { get; } = Environment.TickCount64;

    /// <inheritdoc/>
    public override void SendAnswer(Ask call, Exception? error)
    {
        WireBuffer buffer = WireBuffer.Rent();
        AnswerFrame.Write(buffer, call, 0, error);
        Answer(buffer);
    }

    /// <summary>The outcome of what is no call.</summary>
    /// <param name="result">The result, written; null if it failed.</param>
    /// <param name="error">Why it failed.</param>
    public void SendOutcome(WireBuffer? result, Exception? error)
    {
        WireBuffer buffer = WireBuffer.Rent();
        if (error is not null)
        {
            AnswerFrame.WriteFault(buffer, 0, error);
        }
        else
        {
            var writer = new WireWriter(buffer);
            writer.WriteUnmanaged((byte)FrameKind.Result, 0L);
            writer.Flush();
            System.Buffers.BuffersExtensions.Write(buffer, result!.WrittenSpan);
        }

        Answer(buffer);
    }

    private void Answer(WireBuffer buffer)
    {
        byte[] answer = buffer.WrittenSpan.ToArray();
        buffer.Return();
        lock (_lock)
        {
            _answer = answer;
            if (_adopter is not null && _cancellation is not null)
            {
                _adopter.Forget(_number);
            }

            Settle_NeedsLock();
        }
    }

    /// <summary>The wire that works on the call has moved once more: whoever waits has to ask there.</summary>
    public void Move(long incarnation, long newId)
    {
        lock (_lock)
        {
            _movedTo = incarnation;
            _movedId = newId;
            Settle_NeedsLock();
        }
    }

    /// <summary>Whether another node would lose the outcome if this one went now.</summary>
    /// <param name="asksWithin">Who has not asked for it after that time is gone.</param>
    public bool NeedsNode(TimeSpan asksWithin)
    {
        lock (_lock)
        {
            return _adopter is not null ? !_adopter.Connection.IsClosed : _local is null && Environment.TickCount64 - Began < asksWithin.TotalMilliseconds;
        }
    }

    /// <summary>Another node waits for the outcome.</summary>
    /// <param name="adopter">Its connection.</param>
    /// <param name="number">Its number of the call; 0 if nobody there waits any more.</param>
    public void Adopt(Inbound adopter, long number)
    {
        lock (_lock)
        {
            _adopter = adopter;
            _number = number;
            _isUnwanted = number == 0;
            Settle_NeedsLock();
            NoteCancellation_NeedsLock();
        }
    }

    /// <summary>A call of this node waits for the outcome.</summary>
    public void Adopt(Ask call, long claim)
    {
        lock (_lock)
        {
            _local = call;
            _claim = claim;
            Settle_NeedsLock();
            NoteCancellation_NeedsLock();
        }
    }

    /// <summary>By which whoever waits may end the call early.</summary>
    public void SetCancellation(CancellationTokenSource? source)
    {
        lock (_lock)
        {
            _cancellation = source;
            NoteCancellation_NeedsLock();
        }
    }

    private void NoteCancellation_NeedsLock()
    {
        if (_cancellation is not { } source || _answer is not null)
        {
            return;
        }

        if (_isUnwanted)
        {
            _ = source.CancelAsync();
        }
        else if (_adopter is not null)
        {
            _adopter.NoteCancellable(_number, source);
        }
        else
        {
            _local?.Cancellation.UnsafeRegister(static source => _ = ((CancellationTokenSource)source!).CancelAsync(), source);
        }
    }

    private void Settle_NeedsLock()
    {
        bool isOver = _isUnwanted;
        if (_movedTo != 0 && _answer is null)
        {
            if (_adopter is not null && !_isUnwanted)
            {
                _adopter.SendMoved(_number, _movedTo, _movedId);
                isOver = true;
            }
            else if (_local is { } local)
            {
                if (local.TryEndRemote(_claim))
                {
                    cluster.Adopt(local, _movedTo, _movedId);
                }

                isOver = true;
            }
        }
        else if (_answer is { } answer)
        {
            if (_adopter is not null && !_isUnwanted)
            {
                Send(_adopter, answer);
                isOver = true;
            }
            else if (_local is { } local)
            {
                if (local.TryEndRemote(_claim))
                {
                    var reader = new WireReader(answer) { Wires = cluster.Node };
                    var kind = (FrameKind)reader.ReadUnmanaged<byte>();
                    reader.Skip(sizeof(long));
                    AnswerFrame.Complete(local, kind, ref reader, cluster.Node.Name);
                }

                isOver = true;
            }
        }

        if (isOver && IsKnown)
        {
            cluster.EndAdoption(id);
        }
    }

    private void Send(Inbound adopter, byte[] answer)
    {
        AnswerFrame.SetNumber(answer, _number);
        try
        {
            adopter.Connection.Send(answer);
        }
        catch (TransportException e)
        {
            WireBuffer buffer = WireBuffer.Rent();
            AnswerFrame.WriteFault(buffer, _number, new WireSerializationException($"The answer of a call cannot be sent; the method has run. {e.Message}"));
            adopter.Connection.Send(buffer.WrittenSpan);
            buffer.Return();
        }
    }
}
