using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>Where threads exchange full batches of free messages: one-way messages are rented on one thread and returned on another.</summary>
/// <remarks>After J. Bonwick and J. Adams, "Magazines and Vmem", USENIX 2001. The lock is taken once a batch.</remarks>
internal sealed class MessageDepot
{
    public const int BatchSize = 64;
    public const int MaxBatches = 512;

    private readonly Lock _lock = new();
    private WireMessage?[] _batches = [];
    private int _count;

    public void Push(WireMessage batch)
    {
        lock (_lock)
        {
            if (_count == _batches.Length)
            {
                if (_count == MaxBatches)
                {
                    Drop(batch);
                    return;
                }

                Array.Resize(ref _batches, Math.Max(8, _count * 2));
            }

            _batches[_count++] = batch;
        }
    }

    /// <summary>Leaves free messages to the garbage collector.</summary>
    public static void Drop(WireMessage? first)
    {
        for (WireMessage? message = first; message is not null; message = message.Next)
        {
            if (message is Ask call)
            {
                call.IsDropped = true;
            }
        }
    }

    public WireMessage? Pop()
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return null;
        }

        lock (_lock)
        {
            if (_count == 0)
            {
                return null;
            }

            WireMessage? batch = _batches[--_count];
            _batches[_count] = null;
            return batch;
        }
    }
}
