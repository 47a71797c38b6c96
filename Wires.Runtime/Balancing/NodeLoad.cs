namespace Wires.Balancing;

/// <summary>What is known of a node's load: of another by news that are some time old, of this one by measurement.</summary>
public sealed class NodeLoad
{
    private readonly Queue<(TimeSpan At, double Work, long Bytes)> _pledges = new();
    private double _pledgedWork;
    private long _pledgedBytes;

    internal NodeLoad(long node, string name)
    {
        Node = node;
        Name = name;
    }

    /// <summary>The node's number in its cluster; another after each restart.</summary>
    public long Node { get; }

    /// <summary>The node's name.</summary>
    public string Name { get; internal set; }

    /// <summary>The load that it tells others, which rises at once and falls slowly, with what was promised to it since. 1 is all its processors.</summary>
    public double Exported => ToldExported + (_pledgedWork / Capacity);

    /// <summary>The load as measured, without bias, with what was promised to it since.</summary>
    public double Load => ToldLoad + (_pledgedWork / Capacity);

    /// <summary>Its processors, each counted by its speed.</summary>
    public double Capacity { get; internal set; } = 1;

    /// <summary>Bytes that it has left, less what was promised to it since.</summary>
    public long FreeMemory => ToldFreeMemory == long.MaxValue ? long.MaxValue : Math.Max(0, ToldFreeMemory - _pledgedBytes);

    /// <summary>Whether it takes wires.</summary>
    public NodeState State { get; internal set; }

    /// <summary>When this was so, on the clock of <see cref="BalancingRound.Now"/>.</summary>
    public TimeSpan At { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Work that was promised to it since, in processors.</summary>
    internal double Pledged => _pledgedWork;

    internal double ToldExported { get; set; }

    internal double ToldLoad { get; set; }

    internal long ToldFreeMemory { get; set; } = long.MaxValue;

    /// <summary>Numbers the news of this node: the higher, the newer. 0 before the first.</summary>
    internal ulong Sequence { get; set; }

    /// <summary>Counts wires that are about to be sent there, until news come that are younger.</summary>
    internal void Pledge(double work, long bytes, TimeSpan now)
    {
        _pledges.Enqueue((now, work, bytes));
        _pledgedWork += work;
        _pledgedBytes += bytes;
    }

    /// <summary>What was promised before its latest news is in them: a target exports what it has granted.</summary>
    internal void Settle(TimeSpan toldAt)
    {
        while (_pledges.TryPeek(out (TimeSpan At, double Work, long Bytes) pledge) && pledge.At < toldAt)
        {
            _pledges.Dequeue();
            _pledgedWork -= pledge.Work;
            _pledgedBytes -= pledge.Bytes;
        }

        if (_pledges.Count == 0)
        {
            // Sums of many small numbers leave crumbs.
            (_pledgedWork, _pledgedBytes) = (0, 0);
        }
    }

    /// <summary>A promise came to nothing.</summary>
    internal void Withdraw(double work, long bytes, TimeSpan now)
    {
        if (_pledges.Count > 0)
        {
            Pledge(-Math.Min(work, _pledgedWork), -Math.Min(bytes, _pledgedBytes), now);
        }
    }
}
