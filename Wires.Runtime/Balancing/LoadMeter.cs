namespace Wires.Balancing;

/// <summary>The load of a node from what its turns take: 1 is all of its processors at the reference speed.</summary>
/// <remarks>
/// Load is the work that <em>arrives</em>: what turns took plus what the backlog grew by. Measured by turns alone, a node at its limit could never look busier than 1, however much it is behind.
/// </remarks>
internal sealed class LoadMeter(double capacity, BalancingOptions options)
{
    /// <summary>A backlog counts as the load that clears it in this time.</summary>
    private const double DrainSeconds = 10;

    /// <summary>What a node without any free memory is busier than it is by its work.</summary>
    private const double FullMemoryLoad = 1;

    private TimeSpan _sampledAt;
    private double _backlog;
    private double _correction;
    private bool _hasSample;

    /// <summary>Processors by their speed.</summary>
    public double Capacity => capacity;

    /// <summary>What the node decides by.</summary>
    public double Local { get; private set; }

    /// <summary>What others decide by, promised work not yet included.</summary>
    public double Exported { get; private set; }

    /// <summary>What was measured, evened over some rounds: for means of many nodes, which the other two would bias.</summary>
    public double Mean { get; private set; }

    /// <summary>The last sample's memory.</summary>
    public NodeSample Sample { get; private set; }

    /// <summary>Takes in what was measured since the last round.</summary>
    public void Record(in NodeSample sample, TimeSpan now)
    {
        Sample = sample;
        TimeSpan passed = now - _sampledAt;
        if (passed <= TimeSpan.Zero)
        {
            return;
        }

        double seconds = passed.TotalSeconds;
        double arriving = Math.Max(0, (sample.Work + sample.Backlog - _backlog + _correction) / seconds);
        double measured = ((arriving + (sample.Backlog / DrainSeconds)) / capacity) + MemoryLoad(sample.MemoryUse);
        (_sampledAt, _backlog, _correction) = (now, sample.Backlog, 0);
        if (!_hasSample)
        {
            // What a node begins with is no rise.
            (Local, Exported, Mean, _hasSample) = (measured, measured, measured, true);
            return;
        }

        Local = AsymmetricDecay.Local(Local, measured, passed);
        Exported = AsymmetricDecay.Exported(Exported, measured, passed);
        Mean += (measured - Mean) * (1 - Math.Pow(0.5, seconds));
    }

    /// <summary>A wire has come: its load counts from now on, not only once a whole round has seen it.</summary>
    /// <param name="work">The wire's work, in processors.</param>
    /// <param name="backlog">What waits in its mailbox, in seconds of processor time.</param>
    /// <param name="now">The time.</param>
    public void Arrived(double work, double backlog, TimeSpan now)
    {
        Local += work / capacity;
        Exported += work / capacity;
        Mean += work / capacity;

        // The next sample sees it for a part of its time only, and its backlog did not grow here.
        _correction += (work * Math.Max(0, (now - _sampledAt).TotalSeconds)) - backlog;
    }

    /// <summary>What wires would do has changed by so much: known, not measured, so there is nothing to even out.</summary>
    /// <param name="work">In processors; negative where it is less.</param>
    public void Shift(double work)
    {
        Local = Math.Max(0, Local + (work / capacity));
        Exported = Math.Max(0, Exported + (work / capacity));
        Mean = Math.Max(0, Mean + (work / capacity));
    }

    /// <summary>A wire has gone.</summary>
    /// <param name="work">The wire's work, in processors.</param>
    /// <param name="backlog">What waited in its mailbox, in seconds of processor time.</param>
    /// <param name="now">The time.</param>
    public void Left(double work, double backlog, TimeSpan now)
    {
        Local = Math.Max(0, Local - (work / capacity));
        Mean = Math.Max(0, Mean - (work / capacity));
        _correction += backlog - (work * Math.Max(0, (now - _sampledAt).TotalSeconds));
    }

    // None below the low mark, then growing to the full amount: the node looks busier before it has to usher anything out.
    private double MemoryLoad(double use) => use <= options.MemoryLow ? 0 : FullMemoryLoad * Math.Min(1, (use - options.MemoryLow) / (1 - options.MemoryLow));
}
