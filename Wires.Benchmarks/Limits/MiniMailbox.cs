namespace Wires.Benchmarks.Limits;

/// <summary>A message of the mechanical minimum: a queue node with a virtual method.</summary>
internal abstract class MiniMessage
{
    public MiniMessage? Next;

    public abstract void Run(MiniMailbox mailbox);
}

/// <summary>A mailbox without semantics: one word that is queue and state, a run-next slot a thread, the thread pool.</summary>
internal sealed class MiniMailbox : IThreadPoolWorkItem
{
    private static readonly MiniMessage s_idle = new Marker();

    [ThreadStatic]
    private static MiniMailbox? t_next;

    [ThreadStatic]
    private static bool t_isWorker;

    private MiniMessage? _head = s_idle;

    public object? State;

    public bool TryEnter() => ReferenceEquals(Interlocked.CompareExchange(ref _head, null, s_idle), s_idle);

    public void Leave()
    {
        if (Interlocked.CompareExchange(ref _head, s_idle, null) is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    public void Post(MiniMessage message)
    {
        while (true)
        {
            MiniMessage? head = Volatile.Read(ref _head);
            bool isIdle = ReferenceEquals(head, s_idle);
            message.Next = isIdle ? null : head;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _head, message, head), head))
            {
                if (isIdle)
                {
                    Schedule();
                }

                return;
            }
        }
    }

    public void Execute()
    {
        t_isWorker = true;
        MiniMailbox? mailbox = this;
        int inARow = 0;
        while (mailbox is not null)
        {
            mailbox.Drain();
            mailbox = t_next;
            t_next = null;
            if (mailbox is not null && ++inARow > 64)
            {
                ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
                break;
            }
        }

        t_isWorker = false;
    }

    private void Schedule()
    {
        if (!t_isWorker)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
        else if (t_next is null)
        {
            t_next = this;
        }
        else
        {
            MiniMailbox older = t_next;
            t_next = this;
            ThreadPool.UnsafeQueueUserWorkItem(older, preferLocal: true);
        }
    }

    private void Drain()
    {
        while (true)
        {
            MiniMessage? newest = Interlocked.Exchange(ref _head, null);
            MiniMessage? oldest = null;
            while (newest is not null)
            {
                MiniMessage? next = newest.Next;
                newest.Next = oldest;
                oldest = newest;
                newest = next;
            }

            while (oldest is not null)
            {
                MiniMessage? next = oldest.Next;
                oldest.Run(this);
                oldest = next;
            }

            if (Interlocked.CompareExchange(ref _head, s_idle, null) is null)
            {
                return;
            }
        }
    }

    private sealed class Marker : MiniMessage
    {
        public override void Run(MiniMailbox mailbox)
        {
        }
    }
}
