using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>One-way calls that found a mailbox full and wait, in their order, for room.</summary>
internal sealed class WaitingRoom
{
    private readonly Lock _lock = new();
    private readonly Queue<WaitingSender> _senders = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Queues the message at the wire if there is room and nobody waits before it; else lets its sender wait.</summary>
    /// <returns>The sender to await, or null when the message is queued.</returns>
    public WaitingSender? PostOrWait(Activation wire, OneWayCall message, out PostResult result)
    {
        WaitingSender sender;
        lock (_lock)
        {
            result = PostResult.Queued;
            if (_count == 0)
            {
                result = wire.Post(message, bounded: true);
                if (result != PostResult.Full)
                {
                    return null;
                }
            }

            sender = new WaitingSender(message, wire);
            _senders.Enqueue(sender);
            Volatile.Write(ref _count, _senders.Count);
        }

        // The wire may have emptied its mailbox and looked here before the count was written.
        Interlocked.MemoryBarrier();
        Admit(wire);
        return sender;
    }

    /// <summary>Lets in as many as there is room for; any thread.</summary>
    public void Admit(Activation wire)
    {
        lock (_lock)
        {
            while (_senders.TryPeek(out WaitingSender? sender))
            {
                if (sender.IsWaiting)
                {
                    PostResult result = wire.Post(sender.Message, bounded: true);
                    if (result == PostResult.Full)
                    {
                        break;
                    }

                    sender.Complete_NeedsLock(result);
                }

                _senders.Dequeue();
            }

            Volatile.Write(ref _count, _senders.Count);
        }
    }

    /// <summary>The wire leaves: takes the messages over, in their order. Their senders wait no longer.</summary>
    public List<OneWayCall> TakeAll()
    {
        List<OneWayCall> messages = [];
        lock (_lock)
        {
            while (_senders.TryDequeue(out WaitingSender? sender))
            {
                if (sender.IsWaiting)
                {
                    messages.Add(sender.Message);
                    sender.Complete_NeedsLock(PostResult.Queued);
                }
            }

            Volatile.Write(ref _count, 0);
        }

        return messages;
    }

    /// <summary>A sender's patience is at its end.</summary>
    /// <returns>False if its message was queued in the same moment.</returns>
    public bool TryGiveUp(WaitingSender sender)
    {
        lock (_lock)
        {
            if (!sender.IsWaiting)
            {
                return false;
            }

            sender.GiveUp_NeedsLock();
            return true;
        }
    }
}
