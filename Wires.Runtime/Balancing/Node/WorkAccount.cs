using System.Diagnostics;

namespace Wires.Balancing;

/// <summary>What a busy wire does on its node. Its turns add to it, rounds take out.</summary>
/// <remarks>
/// A wire of short turns is measured by a sample of them, which costs the others nothing. A wire that was seen in a long turn is measured exactly, by slices: what that costs vanishes beside what
/// they take, and one turn in 128 would tell too little of few and long ones.
/// </remarks>
internal sealed class WorkAccount
{
    /// <summary>Of a round; more say nothing new.</summary>
    private const int MostPeers = 1024;

    /// <summary>A slice that takes less is not worth two looks at the clock.</summary>
    private static readonly long s_shortSlice = Stopwatch.Frequency * 5 / 1_000_000;

    /// <summary>So many short slices and no other show that it was chance that has found the wire running.</summary>
    private const int ShortSlicesOfATrial = 8;

    private readonly Lock _lock = new();
    private int _trial;
    private List<(ulong Peer, long Node)> _met = [];
    private long _ticks;
    private long _turns;
    private long _slices;

    /// <summary>What was charged of the present slice before its end.</summary>
    private long _charged;

    public WorkAccount(Activation wire, TimeSpan now)
    {
        Wire = wire;
        Busy = new BusyWire(wire.Id, now) { Account = this };
    }

    public Activation Wire { get; }

    /// <summary>The wire as the balancer sees it.</summary>
    public BusyWire Busy { get; }

    /// <summary>Measured by slices.</summary>
    public bool IsExact { get; set; }

    /// <summary>In one of them. Turns write it, others guess.</summary>
    public bool IsInSlice { get; private set; }

    /// <summary>
    /// The wire goes on by itself as long as it is let: always one more message to itself. How much it has done says how much it was given; it would take a whole processor, as a process does.
    /// </summary>
    public bool DrivesItself { get; set; }

    /// <summary>As it was in the last round.</summary>
    public bool DroveItself { get; set; }

    /// <summary>When it has come from another node. On the balancer's clock.</summary>
    public TimeSpan CameAt { get; set; } = TimeSpan.MinValue;

    /// <summary>When it has left for another node. On the balancer's clock.</summary>
    public TimeSpan LeftAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>Rounds in a row without work.</summary>
    public int IdleRounds { get; set; }

    /// <summary>It could not move: until then it is not tried again. On the balancer's clock.</summary>
    public TimeSpan PinnedUntil { get; set; }

    /// <summary>The mean time of a turn, in seconds.</summary>
    public double MeanTurn { get; private set; }

    /// <summary>Measures it by slices, for now.</summary>
    public void Try()
    {
        _trial = ShortSlicesOfATrial;
        IsExact = true;
    }

    public long BeginSlice()
    {
        IsInSlice = true;
        return Stopwatch.GetTimestamp();
    }

    /// <summary>The turn may be another thread's by now.</summary>
    public void EndSlice(long started, int turns, SliceEnd end)
    {
        IsInSlice = false;
        if (end != SliceEnd.Frozen)
        {
            DrivesItself = end == SliceEnd.DrivesItself;
        }

        long elapsed = Stopwatch.GetTimestamp() - started - Interlocked.Exchange(ref _charged, 0);
        if (_trial > 0)
        {
            _trial = elapsed < s_shortSlice ? _trial - 1 : 0;
            IsExact = _trial > 0 || elapsed >= s_shortSlice;
        }

        Interlocked.Increment(ref _slices);
        Add(Math.Max(0, elapsed), turns);
    }

    /// <summary>Part of a turn that has not ended.</summary>
    public void Charge(long ticks)
    {
        if (IsInSlice)
        {
            Interlocked.Add(ref _charged, ticks);
        }

        IsExact = true;
        Add(ticks, turns: 0);
    }

    /// <summary>Negative where it is another wire's.</summary>
    public void Add(long ticks, long turns)
    {
        Interlocked.Add(ref _ticks, ticks);
        Interlocked.Add(ref _turns, turns);
    }

    /// <summary>A message with another wire.</summary>
    public void Meet(ulong peer, long node)
    {
        lock (_lock)
        {
            if (_met.Count < MostPeers)
            {
                _met.Add((peer, node));
            }
        }
    }

    /// <summary>Takes the messages out that were counted since the last round.</summary>
    public List<(ulong Peer, long Node)> TakeMet()
    {
        lock (_lock)
        {
            if (_met.Count == 0)
            {
                return _met;
            }

            List<(ulong Peer, long Node)> met = _met;
            _met = [];
            return met;
        }
    }

    /// <summary>Takes the work out that was done since the last round.</summary>
    /// <returns>In <see cref="Stopwatch"/> ticks.</returns>
    public long TakeWork()
    {
        long ticks = Interlocked.Exchange(ref _ticks, 0);
        long turns = Interlocked.Exchange(ref _turns, 0);
        long slices = Interlocked.Exchange(ref _slices, 0);
        if (ticks < 0)
        {
            // More was taken off for calls that ran on its stack than its own sample has had by now.
            Interlocked.Add(ref _ticks, ticks);
            return 0;
        }

        if (slices > 0 && ticks / slices < s_shortSlice)
        {
            IsExact = DrivesItself = false;
        }

        if (turns > 0)
        {
            MeanTurn = ticks / (double)turns / Stopwatch.Frequency;
        }

        return ticks;
    }
}
