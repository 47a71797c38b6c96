namespace Wires.Balancing;

/// <summary>A wire that had work of late, as balancing sees it. Wires that had none appear in no round.</summary>
public sealed class BusyWire
{
    /// <summary>As <see cref="LoadMeter"/> counts a node's backlog.</summary>
    private const double DrainSeconds = 10;

    private double _arriving;
    private bool _hasSample;

    /// <summary>A wire that has just become busy.</summary>
    internal BusyWire(WireId id, TimeSpan now)
    {
        Id = id;
        Fingerprint = WireFingerprint.Of(id);
        ArrivedAt = now;
    }

    /// <summary>Which wire.</summary>
    public WireId Id { get; }

    /// <summary>The work that it makes, in processors of reference speed: 0.5 keeps half of one busy. Its load on a node is this by the node's <see cref="NodeLoad.Capacity"/>.</summary>
    public double Work { get; internal set; }

    /// <summary>How many bytes its move would send, estimated.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Since when it has been on this node, on the clock of <see cref="BalancingRound.Now"/>.</summary>
    public TimeSpan ArrivedAt { get; internal set; }

    /// <summary>Whether something holds it here now: a home-bound class, a suspended plain <see cref="Task"/>, an operator's word.</summary>
    public bool IsPinned { get; internal set; }

    /// <summary>Whether it is on its way already, or was promised to another node.</summary>
    public bool IsMoving { get; internal set; }

    /// <summary>Messages per second with wires on a node, local ones for this node; estimated from a sample.</summary>
    /// <param name="node">The node's <see cref="NodeLoad.Node"/>.</param>
    /// <returns>0 if nothing is known.</returns>
    public double MessagesPerSecond(long node) => (Sketch?.CountOf(node) ?? 0) * RatePerCount;

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();

    internal ulong Fingerprint { get; }

    /// <summary>What measures it in a node; null in the simulator.</summary>
    internal WorkAccount? Account { get; init; }

    /// <summary>What waits in its mailbox, in seconds of processor time.</summary>
    internal double Backlog { get; private set; }

    /// <summary>How often it has moved of late.</summary>
    internal int RecentMoves { get; set; }

    /// <summary>Whom it talks to; null where nobody counts.</summary>
    internal AffinitySketch? Sketch { get; set; }

    /// <summary>What a weight of 1 in the sketch stands for, in messages per second: set by the balancer.</summary>
    internal double RatePerCount { get; set; }

    /// <summary>Takes in what the wire did since the last sample. Called by the node once a round, before <see cref="Balancer.Tick"/>.</summary>
    /// <param name="work">Seconds of processor time that its turns took.</param>
    /// <param name="backlog">Seconds of processor time that its waiting messages will take.</param>
    /// <param name="seconds">How long that was.</param>
    internal void Record(double work, double backlog, double seconds)
    {
        if (seconds <= 0)
        {
            return;
        }

        double arriving = Math.Max(0, (work + backlog - Backlog) / seconds);
        _arriving = _hasSample ? _arriving + ((arriving - _arriving) * (1 - Math.Pow(0.5, seconds))) : arriving;
        _hasSample = true;
        Backlog = backlog;
        Work = _arriving + (backlog / DrainSeconds);
    }

    /// <summary>In place of <see cref="Record"/>, where what the wire does has changed and is known, not measured.</summary>
    /// <param name="work">In processors.</param>
    internal void Set(double work)
    {
        (_arriving, _hasSample, Backlog) = (work, true, 0);
        Work = work;
    }

    /// <summary>It comes from another node, which has measured it.</summary>
    internal void Bring(double work, int recentMoves)
    {
        (_arriving, _hasSample) = (work, true);
        Work = work;
        RecentMoves = recentMoves;
    }

    /// <summary>What it takes along when it moves: its own clocks start anew.</summary>
    internal void Settle(TimeSpan now)
    {
        RecentMoves = MovesOfLate(now) + 1;
        ArrivedAt = now;
        IsMoving = false;
    }

    /// <summary>The moves that are not forgotten: one is for each minute of staying.</summary>
    internal int MovesOfLate(TimeSpan now) => Math.Max(0, RecentMoves - (int)((now - ArrivedAt) / TimeSpan.FromSeconds(60)));

    /// <summary>Whether it may move now for its load or its company: it is free, and has stayed long enough. Each move of late doubles what is enough.</summary>
    internal bool HasSettled(TimeSpan now, BalancingOptions options)
    {
        int forgotten = (int)((now - ArrivedAt) / TimeSpan.FromSeconds(60));
        int doublings = Math.Clamp(RecentMoves - 1 - forgotten, 0, options.ResidencyBackoff);
        return RecentMoves == 0 || now - ArrivedAt >= options.MinResidency * (1 << doublings);
    }
}
