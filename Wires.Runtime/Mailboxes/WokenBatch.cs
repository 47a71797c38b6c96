using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Wires.Transport;

namespace Wires.Mailboxes;

/// <summary>What one read from a connection has woken, wires and callers, run together by the thread that reads: what they send back by that connection leaves in a few parts.</summary>
/// <remarks>
/// Short ones run one after another: at some hundred nanoseconds each, a second thread would cost more than it does. Where one takes longer, or may, what waits to be sent is sent, and
/// the batch is queued at the pool, so that another thread goes on with it, and then with the reading. Where one does not end, the watchdog sees to that.
/// </remarks>
internal sealed class WokenBatch : IWoken
{
    private const int MaxPooled = 64;

    private const int Unread = 0;
    private const int ReadHere = 1;
    private const int ReadElsewhere = 2;

    // So many run between two looks at the clock.
    private const int LookMask = 3;

    // Once may be that the system had the thread wait: more threads would make that more frequent.
    private const int SlowLooks = 2;

    private static readonly long s_patience = Stopwatch.Frequency * 50 / 1_000_000;

    private static readonly Lock s_lock = new();
    private static readonly Stack<WokenBatch> s_pool = new();

    private IThreadPoolWorkItem?[] _items = new IThreadPoolWorkItem?[64];
    private Connection? _connection;
    private int _count;
    private int _next;
    private int _uses;

    /// <summary>Work items of the pool, queued or running, and helpers who are just looking; 0 while it is filled or pooled.</summary>
    private int _references;
    private int _isQueued;

    /// <summary>Who reads from the connection: the thread that runs this one, or a helper who has taken it over.</summary>
    private int _reading;

    /// <summary>Changes with each that begins, over all uses of the object: by it the watchdog tells whether it still sees the same one running.</summary>
    public long Progress => ((long)Volatile.Read(ref _uses) << 32) | (uint)Volatile.Read(ref _next);

    private bool HasMore => Volatile.Read(ref _next) < _count;

    /// <summary>Begins to gather what frames of a connection wake.</summary>
    public static WokenBatch Rent(Connection connection)
    {
        WokenBatch? batch;
        lock (s_lock)
        {
            s_pool.TryPop(out batch);
        }

        batch ??= new WokenBatch();
        batch._connection = connection;
        return batch;
    }

    /// <summary>Adds one; before <see cref="Close"/>, by the thread that reads.</summary>
    public void Add(IThreadPoolWorkItem item)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
        }

        _items[_count++] = item;
    }

    /// <summary>Nothing more will be added.</summary>
    /// <returns>What is to be run, once; null where nothing was woken.</returns>
    public WokenBatch? Close()
    {
        if (_count == 0)
        {
            Return();
            return null;
        }

        _isQueued = 1;
        Volatile.Write(ref _references, 1);
        return this;
    }

    /// <inheritdoc/>
    public bool RunHere()
    {
        Volatile.Write(ref _reading, ReadHere);
        Volatile.Write(ref _isQueued, 0);
        RunItems();
        bool isReader = Interlocked.CompareExchange(ref _reading, Unread, ReadHere) == ReadHere;
        Release();
        return isReader;
    }

    /// <summary>One of them takes its time: sees to it that another thread sends what waits and goes on with the rest. By any thread, even when all is over.</summary>
    public void Help()
    {
        int references;
        do
        {
            references = Volatile.Read(ref _references);
            if (references == 0)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _references, references + 1, references) != references);

        if ((HasMore || Volatile.Read(ref _reading) == ReadHere || _connection!.IsCorked) && Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: PoolProbe.PrefersOwn);
        }
        else
        {
            Release();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _isQueued, 0);
        RunItems();
        Connection connection = _connection!;
        bool isReader = Interlocked.CompareExchange(ref _reading, ReadElsewhere, ReadHere) == ReadHere;
        Release();
        if (isReader)
        {
            connection.ReadOn();
        }
    }

    private void RunItems()
    {
        Connection connection = _connection!;
        WireThread thread = WireThread.Current;
        thread.Batch = this;

        // One that comes and one that goes: there is nothing to gather.
        bool isCorked = _count > 1;
        if (isCorked)
        {
            Cork.Begin(connection);
        }

        long since = 0;
        int slow = 0;
        for (int i = 0; TryTake(out IThreadPoolWorkItem? item); i++)
        {
            if (item is Activation { IsNextLong_OnTurn: true })
            {
                connection.FlushCorked();
                Help();
            }

            Scheduler.RunItem(thread, item);
            if ((i & LookMask) == 0)
            {
                long now = Stopwatch.GetTimestamp();
                slow = since != 0 && now - since > s_patience ? slow + 1 : 0;
                if (slow == SlowLooks)
                {
                    connection.FlushCorked();
                    Help();
                    slow = 0;
                    now = 0;
                }

                since = now;
            }
        }

        thread.Batch = null;
        if (isCorked)
        {
            Cork.End(connection);
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Return();
        }
    }

    private bool TryTake([NotNullWhen(true)] out IThreadPoolWorkItem? item)
    {
        int place = HasMore ? Interlocked.Increment(ref _next) - 1 : _count;
        if (place >= _count)
        {
            item = null;
            return false;
        }

        (item, _items[place]) = (_items[place]!, null);
        return true;
    }

    private void Return()
    {
        Array.Clear(_items, 0, _count);
        _count = 0;
        Volatile.Write(ref _uses, _uses + 1);
        _next = 0;
        _reading = Unread;
        _connection = null;
        lock (s_lock)
        {
            if (s_pool.Count < MaxPooled)
            {
                s_pool.Push(this);
            }
        }
    }
}
